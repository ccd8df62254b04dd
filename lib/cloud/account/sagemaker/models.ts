/** What a model is asked. */
export interface ModelRequest {
  readonly endpointName: string;
  /** the virtual one at which it is asked: a model may be replaced */
  readonly time: Date;
  /** that the endpoint's variant has; absent for an endpoint that is not deployed here */
  readonly modelName?: string;
  readonly body: string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly customAttributes?: string;
  /** the variant that is asked for; any where absent */
  readonly targetVariant?: string;
  /** what its captured record is called */
  readonly inferenceId?: string;
}

/** What it answers. */
export interface ModelResponse {
  readonly body: string;
  /** @default 'text/csv' */
  readonly contentType?: string;
}

/** Stands for the models of all endpoints: a container's work, which nothing here can do. Undefined for one that it does not stand for; may throw a `ServiceError`. */
export type ModelFunction = (request: ModelRequest) => ModelResponse | undefined | Promise<ModelResponse | undefined>;
