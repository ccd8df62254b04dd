import type { LeftOutLines, OwnCalls } from '../../../analysis';
import { callOf, inferenceIdOf, isAskingAt, OWN_CALL_MARK, type OwnCallRun } from '../own-calls';
import type { Interval } from './kinds/kind-analysis';

/** What decides whether a captured record is a call of our own. */
interface CapturedCall {
  readonly inferenceId: string;
  /** milliseconds since 1970 */
  readonly time: number;
  readonly body: string;
}

/**
 * Tells calls of our own from what others ask. A record is one where it has the identifier of a call that a noted run has made of this very request, while the run
 * was asking, and no record before it has: each call is left out once. Whoever copies an identifier for a request of his own is seen, and so is
 * whoever repeats a call, then or later.
 */
export class OwnCallCheck {
  private readonly runs: ReadonlyMap<string, OwnCallRun>;
  private readonly leftOut = new Map<string, Set<number>>();
  private strange = 0;
  private readonly window: { readonly start: number; readonly end: number };

  constructor(runs: readonly OwnCallRun[], { start, end }: Interval) {
    this.runs = new Map(runs.map((run) => [run.run, run]));
    this.window = { start: Date.parse(start), end: Date.parse(end) };
  }

  /** Which lines of the records of a variant are left out: a shadow variant may have those of another once more. */
  linesOf(variant: string): LeftOutLines {
    return { mark: OWN_CALL_MARK, isLeftOut: (line) => this.isOwn(line, variant) };
  }

  /** What became of those that are of the interval; undefined where there are none. */
  get calls(): OwnCalls | undefined {
    const found = [...this.leftOut].filter(([, numbers]) => numbers.size > 0);
    if (found.length === 0 && this.strange === 0) return undefined;
    return { leftOut: Object.fromEntries(found.map(([run, numbers]) => [run, [...numbers]])), strange: this.strange };
  }

  private isOwn(line: string, variant: string): boolean {
    const captured = capturedCall(line);
    const call = captured && callOf(captured.inferenceId);
    const run = call && this.runs.get(call.run);
    if (!run || !isAskingAt(run, captured.time)) return false;
    const known = this.numbersOf(`${call.run}/${variant}`);
    const isCall = call.number < run.calls && captured.inferenceId === inferenceIdOf(run, call.number, captured.body);
    const isOwn = isCall && !known.has(call.number);
    if (captured.time < this.window.start || captured.time >= this.window.end) return isOwn;
    if (isOwn) known.add(call.number);
    else this.strange += 1;
    return isOwn;
  }

  private numbersOf(key: string): Set<number> {
    const known = this.leftOut.get(key) ?? new Set();
    this.leftOut.set(key, known);
    return known;
  }
}

/** What a line says of a call, where it has all of it: what was asked, by whom, and when. */
function capturedCall(line: string): CapturedCall | undefined {
  const { captureData, eventMetadata } = parsed(line) ?? {};
  const { inferenceId, inferenceTime } = { ...eventMetadata };
  const { data, encoding } = { ...captureData?.endpointInput };
  if (typeof inferenceId !== 'string' || typeof data !== 'string') return undefined;
  const body = encoding === 'BASE64' ? Buffer.from(data, 'base64').toString() : data;
  return { inferenceId, time: Date.parse(`${inferenceTime}`), body };
}

interface Line {
  readonly captureData?: { readonly endpointInput?: { readonly data?: unknown; readonly encoding?: unknown } | null };
  readonly eventMetadata?: { readonly inferenceId?: unknown; readonly inferenceTime?: unknown };
}

function parsed(line: string): Line | undefined {
  try {
    return (JSON.parse(line) as Line | null) ?? undefined;
  } catch {
    return undefined; // it is read, and reported, as all that cannot be parsed
  }
}
