import * as http from 'node:http';
import { gunzipSync } from 'node:zlib';
import { isInvocation } from './sagemaker-runtime';
import { type ApiRequest, type ApiResponse, type Caller, RefusedInput, type Service, ServiceError } from './service';

/** What the server needs to answer. */
export interface StandInProps {
  /** path of the Unix domain socket; at most about 100 characters */
  readonly socketPath: string;
  /** by the service's name in a signature's credential scope: `s3`, `monitoring`, `sns`; endpoints of models, whose is SageMaker's, are `sagemaker-runtime` */
  readonly services: Readonly<Record<string, Service>>;
  /** the caller of an access key id; undefined for a key that nobody has */
  readonly callerOf: (accessKeyId: string) => Caller | undefined;
  /** answers of custom resources: PUT to a pre-signed URL, which carries no signature header */
  readonly onCustomResourceAnswer: (token: string, body: string) => void;
  /** signals to wait conditions: PUT to a handle's pre-signed URL */
  readonly onSignal: (token: string, body: string) => void;
  /** why a caller's network does not lead to a service, if it does not */
  readonly obstacle: (caller: Caller, service: string) => string | undefined;
  /** told about every request that went nowhere */
  readonly onUnreached: (message: string) => void;
  /** told about every request that the stand-in could not answer as a service would */
  readonly onUnknown: (message: string) => void;
  /** told about every input that the service would not take */
  readonly onRefused: (message: string) => void;
}

/** Path below which custom resources are answered; the rest of the path is the token. */
export const ANSWER_PATH = '/custom-resource-answer/';

/** Path below which wait conditions are signalled; the rest of the path is the handle's token. */
export const SIGNAL_PATH = '/wait-condition-signal/';

/** The server on a Unix domain socket that stands in for the AWS APIs which the handlers call. */
export class StandIn {
  /** Starts listening; rejects when the socket cannot be opened. */
  public static async start(props: StandInProps): Promise<StandIn> {
    const standIn = new StandIn(props);
    await new Promise<void>((resolve, reject) => {
      standIn.server.once('error', reject);
      standIn.server.listen(props.socketPath, resolve);
    });
    return standIn;
  }

  private readonly server: http.Server;

  private constructor(private readonly props: StandInProps) {
    this.server = http.createServer((request, response) => void this.answer(request, response));
  }

  /** Stops listening and drops open connections. */
  public async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(message: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    response.sendDate = false; // the SDK would take the real date for a skew of the virtual clock
    const { status, headers, body } = await this.respond(message).catch(
      (error: Error): ApiResponse => ({ status: 500, body: error.message }),
    );
    const bytes = Buffer.from(body ?? '');
    const length = headers?.['content-length'] ?? String(bytes.length);
    response.writeHead(status, { ...headers, 'content-length': length });
    response.end(message.method === 'HEAD' ? undefined : bytes);
  }

  private async respond(message: http.IncomingMessage): Promise<ApiResponse> {
    const body = await readBody(message);
    const url = new URL(message.url ?? '/', 'http://stand-in');
    if (message.method === 'PUT' && url.pathname.startsWith(ANSWER_PATH)) {
      this.props.onCustomResourceAnswer(url.pathname.slice(ANSWER_PATH.length), body.toString('utf8'));
      return { status: 200 };
    }
    if (message.method === 'PUT' && url.pathname.startsWith(SIGNAL_PATH)) {
      this.props.onSignal(url.pathname.slice(SIGNAL_PATH.length), body.toString('utf8'));
      return { status: 200 };
    }
    const headers = Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : (value ?? ''),
      ]),
    );
    const scope = credentialScope(headers.authorization ?? '');
    const name = scope && (isInvocation({ path: url.pathname }) ? 'sagemaker-runtime' : scope.service);
    const service = name === undefined ? undefined : this.props.services[name];
    const caller = scope && this.props.callerOf(scope.accessKeyId);
    if (scope === undefined || name === undefined || service === undefined || caller === undefined) {
      return this.unknown(scope === undefined ? `an unsigned ${message.method} ${url.pathname}` : describe(scope));
    }
    return this.serve(this.reached(service, name, caller), {
      method: message.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers,
      body: decoded(body, scope.service, headers['content-encoding']),
      caller,
    });
  }

  /** The service, or what stands for it where the caller's network does not lead there: at once, where a real caller would wait in vain. */
  private reached(service: Service, name: string, caller: Caller): Service {
    const obstacle = this.props.obstacle(caller, name);
    if (obstacle === undefined) return service;
    this.props.onUnreached(`${caller.name}: ${obstacle}`);
    return {
      handle: () => Promise.reject(new ServiceError('NetworkUnreachable', obstacle)),
      refuse: (error, request) => service.refuse(error, request),
    };
  }

  private async serve(service: Service, request: ApiRequest): Promise<ApiResponse> {
    try {
      return await service.handle(request);
    } catch (error) {
      if (!(error instanceof ServiceError)) {
        this.props.onUnknown(`${request.caller.name}: ${error instanceof Error ? error.message : String(error)}`);
        return service.refuse(new ServiceError('ValidationException', `the stand-in failed: ${error}`, 400), request);
      }
      if (error instanceof RefusedInput) {
        this.props.onRefused(`${request.caller.name}: ${error.message}`);
      }
      if (error.message.includes('the stand-in does not know')) {
        this.props.onUnknown(`${request.caller.name}: ${error.message}`);
      }
      return service.refuse(error, request);
    }
  }

  private unknown(what: string): ApiResponse {
    const message = `the stand-in does not know ${what}`;
    this.props.onUnknown(message);
    return {
      status: 501,
      headers: { 'x-amzn-errortype': 'UnknownOperationException' },
      body: JSON.stringify({ message }),
    };
  }
}

interface CredentialScope {
  readonly accessKeyId: string;
  readonly service: string;
}

function describe(scope: CredentialScope): string {
  return `service '${scope.service}', or access key '${scope.accessKeyId}'`;
}

/**
 * Who signed for which service: `AWS4-HMAC-SHA256 Credential=<access key id>/<date>/<region>/<service>/aws4_request, ...`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
function credentialScope(authorization: string): CredentialScope | undefined {
  const match = /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { accessKeyId: match[1], service: match[2] };
}

async function readBody(message: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** S3 keeps what it is given; the other services read compressed requests. */
function decoded(body: Buffer, service: string, encoding: string | undefined): Buffer {
  return service !== 's3' && encoding === 'gzip' ? gunzipSync(body) : body;
}
