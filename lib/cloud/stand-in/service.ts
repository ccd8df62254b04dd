import { isMembers, type Members, unknownMember } from '../members';
import type { ModelledService } from '../service-model/figures';
import { violationMessage, violations } from '../service-model/service-model';

/** Who calls: the role whose access key signed the request. */
export interface Caller {
  /** ARN of the role */
  readonly roleArn: string;
  /** the function that runs with the role, as a reader knows it */
  readonly name: string;
  /** where the function is in a VPC */
  readonly subnets?: readonly string[];
}

/** One HTTP request to the stand-in, its caller known. */
export interface ApiRequest {
  readonly method: string;
  /** without the query, still percent-encoded */
  readonly path: string;
  readonly query: URLSearchParams;
  /** names in lower case */
  readonly headers: Readonly<Record<string, string>>;
  /** decompressed */
  readonly body: Buffer;
  readonly caller: Caller;
}

/** The answer to one request. */
export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** One AWS service as the stand-in knows it. */
export interface Service {
  handle(request: ApiRequest): Promise<ApiResponse>;
  /** The service's own form of an error. */
  refuse(error: ServiceError, request: ApiRequest): ApiResponse;
}

/** An error in the service's own words; everything else that is thrown becomes an InternalFailure. */
export class ServiceError extends Error {
  public constructor(
    public readonly code: string,
    message: string,
    /** HTTP status */
    public readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }

  /** Further members of the error's body. */
  public get members(): Members {
    return {};
  }
}

/** An input that the service would not take, whatever it knows: a mistake of who calls. */
export class RefusedInput extends ServiceError {}

/** One operation of a service that speaks JSON. */
export interface JsonOperation {
  /** every member that the stand-in models; any other is refused */
  readonly members: readonly string[];
  readonly run: (input: Members, caller: Caller) => Promise<Members> | Members;
}

/** A service of the protocol AWS JSON. */
export interface JsonServiceProps {
  /** as a reader knows it */
  readonly name: string;
  readonly version: '1.0' | '1.1';
  /** the service whose figures every request is held to */
  readonly model: ModelledService;
  /** code of the error for what they do not allow; `ValidationException` where absent */
  readonly refusalCode?: string;
}

/** A service of the protocol AWS JSON 1.0 or 1.1; the operation is the last part of `X-Amz-Target`. */
export function jsonService(props: JsonServiceProps, operations: Record<string, JsonOperation>): Service {
  const { name, version, model, refusalCode } = props;
  const headers = { 'content-type': `application/x-amz-json-${version}` };
  return {
    handle: async (request) => {
      const target = request.headers['x-amz-target'] ?? '';
      const operationName = target.slice(target.lastIndexOf('.') + 1);
      const operation = operations[operationName];
      if (operation === undefined) {
        throw unknownOperation(name, operationName);
      }
      const input: unknown = request.body.length === 0 ? {} : JSON.parse(request.body.toString('utf8'));
      if (!isMembers(input)) {
        throw new ServiceError('SerializationException', `${name} ${operationName}: the body is not an object`);
      }
      refuseViolations(`${model} ${operationName}`, input, refusalCode);
      refuseUnknown(input, operation.members, `${name} ${operationName}`);
      return { status: 200, headers, body: JSON.stringify(await operation.run(input, request.caller)) };
    },
    refuse: (error) => ({
      status: error.status,
      headers: { ...headers, 'x-amzn-errortype': error.code },
      body: JSON.stringify({ __type: error.code, message: error.message, Message: error.message, ...error.members }),
    }),
  };
}

/** Refuses what the service's published model, or its documentation, does not allow, all of it at once; `what` is a service and its operation. */
export function refuseViolations(
  what: `${ModelledService} ${string}`,
  input: Members,
  code = 'ValidationException',
): void {
  const [service, operation] = what.split(' ') as [ModelledService, string];
  const found = violations(service, operation, input);
  if (found.length > 0) {
    throw new RefusedInput(code, violationMessage(found));
  }
}

/** The answer to an operation that the stand-in does not model: never success. */
export function unknownOperation(service: string, operation: string): ServiceError {
  return new ServiceError('UnknownOperationException', `the stand-in does not know ${service} ${operation}`, 501);
}

/** Throws on the first member that the stand-in does not model; `where` names the structure. */
export function refuseUnknown(input: Members, known: readonly string[], where: string): void {
  const unknown = unknownMember(input, known);
  if (unknown !== undefined) {
    throw new ServiceError('ValidationException', `the stand-in does not know member '${unknown}' of ${where}`);
  }
}

/** Text with the five XML characters escaped. */
export function xmlText(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
