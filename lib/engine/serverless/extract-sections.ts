import { Lazy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { deployedBytes } from '../../core/deployed-size';
import { excessiveBytes, MAPPED_REQUEST_BYTES } from '../../core/request-size';
import type { ExtractSection, ExtractsPlace, MonitorRequest } from './contract';

/** Bytes that a request says of other monitors: what is beyond they read themselves. */
const OTHERS_BYTES = 16 * 1024;

/** What is read of the same data by the monitors of a stack. */
interface DataReader {
  readonly section: ExtractSection;
  readonly windowHours: number;
}

/** By stack, and by data. */
const READERS = new WeakMap<Stack, Map<string, DataReader[]>>();

/**
 * A request whose runs leave extracts for the stack's other monitors of the same data as well: which these are is known when the app is synthesized.
 *
 * @internal
 */
export function withOtherSections(scope: Construct, request: MonitorRequest): MonitorRequest {
  const { extracts, windowHours } = request;
  if (!extracts) return request;
  const stack = Stack.of(scope);
  const readers = readersOf(stack, { ...request, extracts });
  const section = sectionOf(request);
  readers.push({ section, windowHours });
  const others = Lazy.any(
    { produce: () => (hasRoom(scope, request) ? otherSections(stack, section, readers) : []) },
    { omitEmptyArray: true },
  ) as unknown as ExtractsPlace['others'];
  const intervalHours = Lazy.any({ produce: () => longestInterval(readers) }) as unknown as number | undefined;
  return { ...request, extracts: { ...extracts, others, intervalHours } };
}

/** Data are the same that lie at the same place, and whose extracts do. */
function readersOf(
  stack: Stack,
  { capture, monitor, extracts }: MonitorRequest & { readonly extracts: ExtractsPlace },
): DataReader[] {
  const { endpointName, dataName } = monitor;
  const data = JSON.stringify(stack.resolve([capture, endpointName, dataName, extracts]));
  const ofStack = READERS.get(stack) ?? new Map<string, DataReader[]>();
  READERS.set(stack, ofStack);
  const readers = ofStack.get(data) ?? [];
  ofStack.set(data, readers);
  return readers;
}

function sectionOf(request: MonitorRequest): ExtractSection {
  const { monitor, baseline, labels, filter, recordFormat, transformations, problem, groups, unit } = request;
  const reading = { filter, recordFormat, transformations, problem, groups, unit };
  return { kind: monitor.kind, statistics: baseline.statistics, labels: labels?.place, ...reading };
}

/** Whether an execution carries more than a request has of its own. */
function hasRoom(scope: Construct, request: MonitorRequest): boolean {
  return excessiveBytes(scope, request, MAPPED_REQUEST_BYTES - OTHERS_BYTES) === undefined;
}

/** What the others read, each once, as far as there is room. */
function otherSections(stack: Stack, own: ExtractSection, readers: readonly DataReader[]): ExtractSection[] {
  const textOf = (section: ExtractSection) => JSON.stringify(stack.resolve(section));
  const others = new Map(readers.map(({ section }) => [textOf(section), section]));
  others.delete(textOf(own));
  let bytes = 0;
  return [...others.values()].filter((section) => {
    bytes += deployedBytes(stack.resolve(section));
    return bytes <= OTHERS_BYTES;
  });
}

/** Windows of a part of an hour are put together from extracts that are no longer: the others read the same. */
function longestInterval(readers: readonly DataReader[]): number | undefined {
  const shortest = Math.min(...readers.map(({ windowHours }) => windowHours));
  return shortest < 1 ? shortest : undefined;
}
