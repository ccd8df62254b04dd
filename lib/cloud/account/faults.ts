import { isInvocation } from '../stand-in/sagemaker-runtime';
import { type ApiRequest, type ApiResponse, type Service, ServiceError } from '../stand-in/service';
import type { Recorder } from './recorder';
import type { Simulation } from './simulation';

/** Services whose calls can be made to go wrong, as readers name them. `Lambda` is the invocation of a function. */
export type FaultyService =
  | 'CloudWatch'
  | 'DynamoDB'
  | 'EventBridge'
  | 'Lambda'
  | 'S3'
  | 'SageMaker'
  | 'SageMakerRuntime'
  | 'SNS'
  | 'StepFunctions';

/** What goes wrong with a call. Several of them may be given: a delay comes first. */
export interface Fault {
  /** virtual seconds that the call takes */
  readonly delaySeconds?: number;
  /** the call is refused with this error and does nothing; a `ThrottlingException` with status 400 is throttling */
  readonly error?: {
    readonly code: string;
    readonly message?: string;
    /** HTTP status; the SDK tries again by itself from 500 on, and when throttled: @default 400 */
    readonly status?: number;
  };
  /** the call does what it should, and its answer is lost: the caller gets an InternalFailure with status 500 */
  readonly answerLost?: boolean;
  /** the call arrives twice; the caller gets the second answer */
  readonly twice?: boolean;
  /**
   * how many calls are hit
   * @default 1
   */
  readonly times?: number;
  /** hits only calls whose input (parsed JSON where it is; the event of a function) passes */
  readonly when?: (input: unknown) => boolean;
}

/** Throttling, as the SDK recognises it. */
export const THROTTLED: Fault = { error: { code: 'ThrottlingException', message: 'Rate exceeded' } };

interface PlannedFault {
  readonly service: FaultyService;
  readonly operation: string;
  readonly fault: Fault;
  left: number;
}

/**
 * Faults of the services: `faults.next('SageMaker', 'CreateProcessingJob', THROTTLED)`.
 *
 * The operation of S3 is GetObject, HeadObject, PutObject or ListObjectsV2, of SNS Publish, of Lambda Invoke.
 */
export class Faults {
  private readonly planned: PlannedFault[] = [];

  public constructor(private readonly simulation: Simulation) {}

  /** The next calls of the operation (one, unless `times` says more) meet the fault. */
  public next(service: FaultyService, operation: string, fault: Fault): void {
    this.planned.push({ service, operation, fault, left: fault.times ?? 1 });
  }

  /** Faults that no call has met yet, such as `SageMaker CreateProcessingJob`: a test that plans faults expects [] in the end. */
  public pending(): string[] {
    return this.planned.filter(({ left }) => left > 0).map(({ service, operation }) => `${service} ${operation}`);
  }

  /** Does a call as its planned faults say; without one, just does it. */
  public async apply<T>(call: FaultyCall, run: () => Promise<T>): Promise<T> {
    const planned = this.planned.find(
      ({ service, operation, fault, left }) =>
        left > 0 &&
        service === call.service &&
        operation === call.operation &&
        (fault.when === undefined || fault.when(call.input)),
    );
    if (planned === undefined) {
      return run();
    }
    planned.left--;
    return this.meet(planned.fault, run);
  }

  private async meet<T>({ delaySeconds = 0, error, answerLost, twice }: Fault, run: () => Promise<T>): Promise<T> {
    this.simulation.pass(delaySeconds * 1000);
    if (error !== undefined) {
      throw new ServiceError(error.code, error.message ?? 'a planned fault', error.status ?? 400);
    }
    if (twice === true) {
      await run();
    }
    const answer = await run();
    if (answerLost === true) {
      throw new ServiceError('InternalFailure', 'a planned fault: the answer was lost', 500);
    }
    return answer;
  }
}

/** One call that may meet a fault. */
export interface FaultyCall {
  readonly service: FaultyService;
  readonly operation: string;
  readonly input: unknown;
}

/** The service, its calls written down and subject to planned faults. */
export function observed(name: FaultyService, service: Service, { faults, recorder }: Observation): Service {
  return {
    handle: async (request): Promise<ApiResponse> => {
      const call = { service: name, operation: operationOf(request), input: inputOf(request) };
      const facts = { time: recorder.time, caller: request.caller.roleArn, ...call };
      try {
        const answer = await faults.apply(call, () => service.handle(request));
        recorder.apiCalls.push(facts);
        return answer;
      } catch (error) {
        recorder.apiCalls.push({ ...facts, error: error instanceof ServiceError ? error.code : String(error) });
        throw error;
      }
    },
    refuse: (error, request) => service.refuse(error, request),
  };
}

/** What calls are observed with. */
export interface Observation {
  readonly faults: Faults;
  readonly recorder: Recorder;
}

function operationOf({ headers, query, method, path, body }: ApiRequest): string {
  if (isInvocation({ path })) return 'InvokeEndpoint';
  const target = headers['x-amz-target'];
  if (target !== undefined) {
    return target.slice(target.lastIndexOf('.') + 1);
  }
  const action = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? new URLSearchParams(body.toString('utf8')).get('Action')
    : undefined;
  return action ?? query.get('x-id') ?? (query.get('list-type') === '2' ? 'ListObjectsV2' : s3Operation(method, path));
}

function s3Operation(method: string, path: string): string {
  return method === 'HEAD' && path.split('/').length > 2 ? 'HeadObject' : `${method} ${path}`;
}

function inputOf({ headers, body, path }: ApiRequest): unknown {
  return headers['x-amz-target'] === undefined ? path : JSON.parse(body.toString('utf8') || '{}');
}
