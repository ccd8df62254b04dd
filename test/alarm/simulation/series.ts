import { alarmRule } from '../../../lib/cloud/account/alarm-rule';
import {
  AlarmWatch,
  type MetricIdentity,
  type MetricStore,
} from '../../../lib/cloud/semantics/alarm-state/alarm-state';

/** Milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Properties of an alarm, references as text. */
export type AlarmProperties = { readonly [name: string]: unknown };

/** Alarms by their ids. */
export type Alarms = { readonly [id: string]: AlarmProperties };

/** A time during which an alarm is on, in epoch milliseconds; no end where it is on when the simulation ends. */
export interface Spell {
  readonly from: number;
  readonly to?: number;
}

/** What was published, found by name and time. */
export class Series implements MetricStore {
  private readonly byName = new Map<string, { readonly times: number[]; readonly values: number[] }>();

  /** Adds a value; those of one metric come in the order of their times. */
  public put(metric: MetricIdentity, time: number, value: number): void {
    const name = nameOf(metric);
    const { times, values } = this.byName.get(name) ?? { times: [], values: [] };
    if (time < (times.at(-1) ?? time)) throw new Error(`${name}: ${new Date(time).toISOString()} is not in order`);
    times.push(time);
    values.push(value);
    this.byName.set(name, { times, values });
  }

  public values(metric: MetricIdentity, periodStart: Date, periodEnd: Date): number[] {
    const found = this.byName.get(nameOf(metric));
    if (!found) return [];
    const [from, to] = [periodStart, periodEnd].map((time) => placeOf(found.times, time.getTime()));
    return found.values.slice(from, to);
  }

  /** The metrics of which there is a value. */
  public get names(): string[] {
    return [...this.byName.keys()];
  }

  /** When values of some metrics were published. */
  public timesOf(names: ReadonlySet<string>): number[] {
    return [...names].flatMap((name) => this.byName.get(name)?.times ?? []);
  }
}

/** A metric by its name, its dimensions in order. */
export const nameOf = ({ namespace, metricName, dimensions }: MetricIdentity): string =>
  JSON.stringify([namespace, metricName, ...Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** How many of the times are before one. */
function placeOf(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** When each alarm was on, as far as it ever was; those that never were are not there. */
export type Spells = { readonly [id: string]: readonly Spell[] };

/**
 * When each alarm was on. CloudWatch evaluates them every minute; so does this, where `everyMinute` is true. Otherwise they are evaluated in the minutes in
 * which their values enter or leave one of the periods: in all others an evaluation finds what the one before it found.
 */
export function spellsOf(alarms: Alarms, series: Series, span: Span, everyMinute = false): Spells {
  const states = new AlarmStates(alarms, span);
  const moments = new Map<number, string[]>();
  for (const [id, props] of Object.entries(alarms)) {
    const minutes = everyMinute ? allMinutes(span) : minutesOf(props, series, span);
    for (const time of minutes) moments.set(time, [...(moments.get(time) ?? []), id]);
  }
  for (const time of [...moments.keys()].sort((one, other) => one - other)) {
    states.evaluate(moments.get(time) ?? [], series, time);
  }
  return states.spells();
}

/** From the deployment to the end, in epoch milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Alarms with their memories, composite ones among them. */
class AlarmStates {
  private readonly watches: ReadonlyMap<string, AlarmWatch>;
  private readonly rules: readonly (readonly [string, ReturnType<typeof alarmRule>])[];
  private readonly on = new Map<string, number>();
  private readonly ended: (readonly [string, Spell])[] = [];

  public constructor(alarms: Alarms, { start }: Span) {
    const own = Object.entries(alarms);
    this.watches = new Map(
      own.flatMap(([id, props]) =>
        isComposite(props) ? [] : [[id, new AlarmWatch(props, undefined, new Date(start))] as const],
      ),
    );
    this.rules = own.flatMap(([id, props]) =>
      isComposite(props) ? [[id, alarmRule(String(props.AlarmRule))] as const] : [],
    );
  }

  public evaluate(ids: readonly string[], series: Series, time: number): void {
    for (const id of ids) {
      const watch = this.watches.get(id);
      if (watch) this.note(id, watch.evaluate(series, new Date(time)).state === 'ALARM', time);
    }
    for (const [id, rule] of this.rules)
      this.note(
        id,
        rule((name) => this.stateOf(name)),
        time,
      );
  }

  public spells(): Spells {
    const found: { [id: string]: Spell[] } = {};
    const open = [...this.on].map(([id, from]) => [id, { from }] as const);
    for (const [id, spell] of [...this.ended, ...open]) found[id] = [...(found[id] ?? []), spell];
    return found;
  }

  private stateOf(name: string) {
    const id = /^\$\{(\w+)\.Arn\}$/.exec(name)?.[1] ?? name;
    const watch = this.watches.get(id);
    if (!watch) throw new Error(`a rule names ${name}, which is no alarm of the stack`);
    return watch.state;
  }

  private note(id: string, isOn: boolean, time: number): void {
    const from = this.on.get(id);
    if (isOn && from === undefined) this.on.set(id, time);
    if (isOn || from === undefined) return;
    this.ended.push([id, { from, to: time }]);
    this.on.delete(id);
  }
}

const isComposite = (props: AlarmProperties) => props.AlarmRule !== undefined;

function allMinutes({ start, end }: Span): number[] {
  const count = Math.floor((end - start) / MINUTE);
  return Array.from({ length: count }, (_, index) => start + (index + 1) * MINUTE);
}

/** Periods that an alarm looks at, at most: two beyond its own. */
const MORE_PERIODS = 3;

/** Minutes in which an alarm can change: a wall clock's are the full hours. */
function minutesOf(props: AlarmProperties, series: Series, { start, end }: Span): Set<number> {
  const found = new Set<number>();
  const add = (time: number) => {
    if (time > start && time <= end) found.add(time);
  };
  if (isComposite(props)) return found;
  add(start + MINUTE);
  const warmUp = props.WarmUpConfiguration as { WarmUpPeriodDurationInMinutes?: number } | undefined;
  add(start + (warmUp?.WarmUpPeriodDurationInMinutes ?? 1) * MINUTE);
  if (props.EvaluationWindow) {
    for (let time = Math.ceil(start / HOUR) * HOUR; time <= end; time += HOUR) add(time);
    return found;
  }
  const { asked, period } = readBy(props, { start, end });
  const periods = Number(props.EvaluationPeriods) + MORE_PERIODS;
  for (const time of series.timesOf(asked)) {
    const seen = Math.floor(time / MINUTE) * MINUTE + MINUTE;
    for (let shift = 0; shift <= periods; shift++) add(seen + shift * period);
  }
  return found;
}

/** The metrics that an alarm reads, and over how long, by letting it read. */
function readBy(props: AlarmProperties, { end }: Span): { readonly asked: Set<string>; readonly period: number } {
  const asked = new Set<string>();
  let period = 0;
  const values = (metric: MetricIdentity, from: Date, to: Date) => {
    asked.add(nameOf(metric));
    period = to.getTime() - from.getTime();
    return [];
  };
  new AlarmWatch(props).evaluate({ values }, new Date(end));
  return { asked, period };
}
