import type { Recorder } from '../cloud/account/recorder';

/** What a function was called for, and what it called. */
export interface FunctionUsage {
  readonly invocations: number;
  /** by service and operation: `S3 GetObject` */
  readonly calls: Readonly<Record<string, number>>;
}

/** What one virtual hour has asked of AWS, in what is billed. */
export interface HourUsage {
  /** its beginning, ISO 8601 */
  readonly hour: string;
  /** by the functions' titles */
  readonly functions: Readonly<Record<string, FunctionUsage>>;
  /** of state machines, children of a Map included, and their starts */
  readonly transitions: number;
}

type Recorded = Pick<Recorder, 'apiCalls' | 'invocations' | 'transitions' | 'title'>;

/** The hours in which anything was asked, in their order. */
export function usageByHour(recorder: Recorded): HourUsage[] {
  const { apiCalls, invocations, transitions } = recorder;
  const hours = new Set([...apiCalls, ...invocations, ...transitions].map(hourOf));
  return [...hours].sort().map((hour) => usageOf(hour, recorder));
}

function usageOf(hour: string, recorder: Recorded): HourUsage {
  const { apiCalls, invocations, transitions } = recorder;
  const title = (arn: string) => recorder.title(arn);
  const isOfHour = (one: Timed) => hourOf(one) === hour;
  const called = counted(invocations.filter(isOfHour), ({ functionArn }) => title(functionArn));
  const calls = apiCalls.filter(isOfHour).map((call) => ({ ...call, by: title(call.caller).replace(/Role$/, '') }));
  const functions = Object.entries(called).map(([name, count]): [string, FunctionUsage] => [
    name,
    {
      invocations: count,
      calls: counted(
        calls.filter(({ by }) => by === name),
        ({ service, operation }) => `${service} ${operation}`,
      ),
    },
  ]);
  return {
    hour: `${hour}:00:00.000Z`,
    functions: Object.fromEntries(functions),
    transitions: transitions.filter(isOfHour).reduce((sum, { startsChild }) => sum + (startsChild ? 2 : 1), 0),
  };
}

interface Timed {
  readonly time: string;
}

/** `2026-01-05T01` */
const hourOf = ({ time }: Timed): string => time.slice(0, 13);

function counted<T>(items: readonly T[], nameOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of items.map(nameOf).sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
