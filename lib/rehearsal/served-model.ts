import type { ModelFunction } from '../cloud/account/sagemaker/models';
import { ServiceError } from '../cloud/stand-in/service';

/** Milliseconds that a container has for an answer. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const TIMEOUT = 60_000;

/**
 * A model that answers at an address as its container does on SageMaker: `POST {address}/invocations`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
 */
export function servedModel(address: string): ModelFunction {
  const url = `${address.replace(/\/+$/, '')}/invocations`;
  return async ({ body, contentType, accept, customAttributes }) => {
    const response = await asked(url, {
      body,
      headers: headersOf({
        'content-type': contentType,
        accept,
        'x-amzn-sagemaker-custom-attributes': customAttributes,
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new ServiceError('ModelError', `${url} answered ${response.status}: ${text}`, 424);
    return { body: text, contentType: response.headers.get('content-type') ?? undefined };
  };
}

async function asked(url: string, request: Pick<RequestInit, 'body' | 'headers'>): Promise<Response> {
  try {
    return await fetch(url, { method: 'POST', signal: AbortSignal.timeout(TIMEOUT), ...request });
  } catch (error) {
    const { cause = error } = error as Error;
    throw new ServiceError('ValidationError', `${url} does not answer: ${(cause as Error).message}`);
  }
}

const headersOf = (given: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
