import { SignatureV4 } from '@smithy/signature-v4';
import { RUNTIME_HOST_VARIABLE } from '../core/contract';
import { environment } from './environment';
import { Failure, mayPass, nameOf, wordsOf } from './failure';
import { Sha256 } from './sha256';

/** One request to an endpoint. */
export interface EndpointRequest {
  readonly endpointName: string;
  readonly body: string;
  readonly contentType: string;
  readonly accept?: string;
  readonly customAttributes?: string;
  /** the one of its variants that is asked; the endpoint chooses where absent */
  readonly targetVariant?: string;
  /** what its captured record is called */
  readonly inferenceId?: string;
}

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly body: string;
  readonly contentType?: string;
  /** which of its variants answered */
  readonly variant?: string;
}

/** When a request is tried again, and when no more. */
export interface AskingLimits {
  /** whether there is no time left to ask */
  readonly isOver: () => boolean;
  /** told of every request that is sent */
  readonly onRequest?: () => void;
  /** what each request is sent as, again or not, once it may be; as it is where absent */
  readonly signed?: (request: EndpointRequest) => Promise<EndpointRequest>;
  /** @default - waits for real */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** How long a model may take, by the service's own rule, and a little. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const TIMEOUT = 70_000;
const ATTEMPTS = 7;
const LONGEST_WAIT = 20_000;

/** Characters that are shown of what SageMaker says, which names roles and endpoints, and of how an answer is written. */
const SHOWN = 400;
const SHOWN_OF_ANSWER = 100;

/**
 * Asks an endpoint. What passes, as throttling or an endpoint that is being started, is waited for, each time for a random time of up to twice as long. Throws
 * `ModelNotAnswering` for what does not pass, and `ModelTooSlow` where there is no time left.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 */
export async function askEndpoint(request: EndpointRequest, limits: AskingLimits): Promise<EndpointAnswer> {
  const { isOver, onRequest, signed = async (each) => each, wait = waited } = limits;
  for (let attempt = 1; ; attempt++) {
    if (isOver()) throw tooSlow(request);
    const own = await signed(request);
    onRequest?.();
    const answered = await sent(own);
    if ('answer' in answered) return answered.answer;
    if (!answered.mayPass || attempt === ATTEMPTS) throw notAnswering(request, answered, attempt);
    await wait(Math.random() * Math.min(LONGEST_WAIT, 500 * 2 ** attempt));
  }
}

/** How an answer is written: its first characters, with `a` for every letter and `0` for every digit, as a model may answer with what it was asked, which is nobody's to read. */
export function shapeOf(answer: string): string {
  return shownText(
    answer
      .slice(0, SHOWN_OF_ANSWER + 1)
      .replace(/[\p{L}\p{M}]/gu, 'a')
      .replace(/\p{N}/gu, '0'),
    SHOWN_OF_ANSWER,
  );
}

/** The first characters of a text: without what a terminal, or a reader of the message, would take for something else. */
export function shownText(text: string, shown = SHOWN): string {
  const cut = text.slice(0, shown).replace(/[^\x20-\x7e]/g, '?');
  return `'${cut}'${text.length > shown ? '...' : ''}`;
}

const waited = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

type Sent = { readonly answer: EndpointAnswer } | Refusal;

interface Refusal {
  readonly mayPass: boolean;
  readonly words: string;
}

async function sent(request: EndpointRequest): Promise<Sent> {
  try {
    const { url, headers } = await authorized(request);
    const { body } = request;
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT) });
    const text = await response.text();
    return response.ok ? { answer: answerOf(response, text) } : refusalOf(response, text);
  } catch (error) {
    if (error instanceof Failure) throw error;
    return { mayPass: mayPass(error) || nameOf(error) === 'TimeoutError', words: `no answer came (${wordsOf(error)})` };
  }
}

function answerOf({ headers }: Response, body: string): EndpointAnswer {
  const contentType = headers.get('content-type') ?? undefined;
  return { body, contentType, variant: headers.get('x-amzn-invoked-production-variant') ?? undefined };
}

/** The permission, too, is not there at once after a deployment. */
function refusalOf({ status, headers }: Response, text: string): Refusal {
  const code = (headers.get('x-amzn-errortype') ?? `status ${status}`).split(':')[0];
  const isPassing = status === 429 || status === 403 || status >= 500 || /Throttl|NotReady/.test(code);
  return {
    mayPass: isPassing || isModelUnwell(status, text),
    words: `${code}: ${status === 424 ? wordsOfModel(text) : shownText(messageOf(text))}`,
  };
}

/** The container answered with an error of its own, 424 to us: one of the server's side may pass. */
const isModelUnwell = (status: number, text: string) => status === 424 && /"OriginalStatusCode":\s*5/.test(text);

/** Of what a container says of a request, its status alone: its words may quote the records that it was asked about. */
function wordsOfModel(text: string): string {
  const [, status] = /"OriginalStatusCode":\s*(\d{3})/.exec(text) ?? [];
  return `its container answered with ${status === undefined ? 'an error' : `status ${status}`}`;
}

function messageOf(text: string): string {
  return /"[Mm]essage":\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
}

const notAnswering = ({ endpointName }: EndpointRequest, { words }: Refusal, attempts: number) =>
  new Failure(
    'ModelNotAnswering',
    `the endpoint ${endpointName} did not answer, asked ${attempts === 1 ? 'once' : `${attempts} times`}: ${words}; its log says more`,
  );

const tooSlow = ({ endpointName }: EndpointRequest) =>
  new Failure(
    'ModelTooSlow',
    `the endpoint ${endpointName} has not answered all requests within 13 minutes; let it have more memory or concurrency, or the analysis explain fewer records (recordCount) by fewer samples (sampleCount)`,
  );

async function authorized({ endpointName, body, contentType, accept, ...marks }: EndpointRequest) {
  const base = process.env.AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME ?? process.env.AWS_ENDPOINT_URL;
  const url = new URL(
    `/endpoints/${endpointName}/invocations`,
    base ?? `https://${environment(RUNTIME_HOST_VARIABLE)}`,
  );
  const signer = new SignatureV4({
    service: 'sagemaker',
    region: environment('AWS_REGION'),
    sha256: Sha256,
    credentials: {
      accessKeyId: environment('AWS_ACCESS_KEY_ID'),
      secretAccessKey: environment('AWS_SECRET_ACCESS_KEY'),
      sessionToken: process.env.AWS_SESSION_TOKEN,
    },
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: {
      host: url.host,
      'content-type': contentType,
      ...(accept !== undefined && { accept }),
      ...markHeaders(marks),
    },
    body,
  });
  return { url, headers };
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
function markHeaders({ customAttributes, targetVariant, inferenceId }: Partial<EndpointRequest>) {
  const headers = {
    'x-amzn-sagemaker-custom-attributes': customAttributes,
    'x-amzn-sagemaker-target-variant': targetVariant,
    'x-amzn-sagemaker-inference-id': inferenceId,
  };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
