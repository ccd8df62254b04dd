import { Workshop } from '../../lib/cloud/deployment/workshop';
import { furtherPages } from '../../lib/cost/listings';
import type { PageCounts, PieceFigures, RunCounts, RunFigures, WatchCounts } from '../../lib/cost/run-figures';
import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import { KINDS } from '../../lib/kind/kinds';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { FunctionUsage, HourUsage } from '../../lib/rehearsal/usage';
import { HISTORY_WINDOWS } from '../../lib/report';
import { newFolder, removeFolders } from '../../test/rehearsal/fixtures/app';
import { rows, type SimulatedTimes, simulatedApp } from './apps';

/** Objects of an hour: many make two items, the most make three, and stay below a page of a listing. */
const FEW = 4;
const MORE = 8;
export const MANY = 400;
const MOST = 800;

/** Of an app, the first hour in which its watcher has a run to look at. */
const SETTLED = 3;

const NAMES = Object.keys(KINDS) as MonitorKindName[];
/** Kinds whose monitors find what one of them has read. */
export const SHARING = NAMES.filter((kind) => !KINDS[kind].asksModel);

/** What the runs of an hour asked of AWS. */
export interface Measured {
  /** captured objects, and objects of labels, that were read */
  readonly objects: number;
  readonly items: number;
  readonly counts: RunCounts;
  readonly watch: WatchCounts;
}

/** What is measured of a kind: an hour of few objects, and one of many. */
type Pair = readonly [few: Measured, many: Measured];

/** Rehearsals of apps, whose functions have their processes from one place. */
export class Simulation {
  private readonly workshop = new Workshop({ keepsWarm: true });

  /** What the runs of each kind, and what is around them, ask of AWS: solved from hours of several sizes. */
  async figures(): Promise<RunFigures> {
    const [first, ...others] = NAMES;
    const [few, more, many, most] = await this.hours([first], [FEW, MORE, MANY, MOST]);
    const object = per(difference(more.counts, few.counts), more.objects - few.objects);
    const lone = loneItem(few, object, withObjects([many, most], object));
    const alone = { [first]: [few, many] as Pair } as Record<MonitorKindName, Pair>;
    for (const kind of others) alone[kind] = await this.pair(kind);
    return {
      kinds: mapKinds((kind) => ({ ...ofKind(alone[kind], object, lone), object, watch: alone[kind][0].watch })),
      lone,
      found: await this.found(alone, object),
      page: await this.page(first),
      hour: await this.further(first, alone, { hours: 2 }),
      labelHour: await this.further(NAMES.filter(readsLabels)[0], alone, { labelDelayHours: 1 }),
    };
  }

  /** What the hour of an app asks whose endpoint is watched in these ways, and captures so many objects. */
  async hour(kinds: readonly MonitorKindName[], objects: number): Promise<Measured> {
    const [measured] = await this.hours(kinds, [objects]);
    return measured;
  }

  end(): void {
    this.workshop.close();
    removeFolders();
  }

  private async pair(kind: MonitorKindName): Promise<Pair> {
    const [few, many] = await this.hours([kind], [FEW, MANY]);
    return [few, many];
  }

  private async hours(kinds: readonly MonitorKindName[], sizes: readonly number[]): Promise<Measured[]> {
    const assembly = simulatedApp(kinds);
    const measured: Measured[] = [];
    for (const objects of sizes)
      measured.push(measuredHour(await this.usage(assembly, objects, SETTLED), kinds, objects));
    return measured;
  }

  /** By how much what is found differs from what is read: monitors together, less each alone. The first of them reads records, the second labels. */
  private async found(alone: Record<MonitorKindName, Pair>, object: RunCounts): Promise<PieceFigures> {
    const [few, more, many] = await this.hours(SHARING, [FEW, MORE, MANY]);
    const together = per(difference(more.counts, few.counts), MORE - FEW);
    const finders = SHARING.length - 1;
    const ofObject = mapped((name) => (together[name] - SHARING.length * object[name]) / finders);
    const pieces = [few, many].map(({ counts }, size) => {
      const each = SHARING.map((kind) => alone[kind][size]);
      const total = (of: (one: Measured) => number) => each.slice(1).reduce((all, one) => all + of(one), 0);
      const apart = mapped((name) => each.reduce((all, one) => all + one.counts[name], 0));
      const objects = total((one) => one.objects) - 1; // that of the labels, which one has to read
      return { items: total(({ items }) => items), objects, counts: difference(counts, apart) };
    });
    const { run, item } = withObjects(pieces, ofObject);
    return { run: per(run, finders), item, object: ofObject };
  }

  /** What an hour more of a window, or of labels, asks. */
  private async further(
    kind: MonitorKindName,
    alone: Record<MonitorKindName, Pair>,
    times: SimulatedTimes,
  ): Promise<RunCounts> {
    const usage = await this.usage(simulatedApp([kind], times), FEW / (times.hours ?? 1), 4);
    return difference(measuredHour(usage, [kind], FEW).counts, alone[kind][0].counts);
  }

  /** What a page asks that tells of as many windows as one can: of a first run, and of the one after it, what one window more comes to. */
  private async page(kind: MonitorKindName): Promise<PageCounts> {
    const assembly = simulatedApp([kind]);
    const [first, second] = [pageOf(await this.usage(assembly, FEW, 1)), pageOf(await this.usage(assembly, FEW, 2))];
    const withAll = (name: keyof PageCounts) => first[name] + (HISTORY_WINDOWS - 1) * (second[name] - first[name]);
    return { s3Puts: withAll('s3Puts'), s3Gets: withAll('s3Gets') };
  }

  /** Of an hour that has others like it before. */
  private async usage(assembly: string, objects: number, hour: number): Promise<HourUsage> {
    const traffic = Array.from({ length: hour }, () => ({ rows: rows(Math.max(MANY, objects)), objects }));
    const models = ({ body }: { readonly body: string }) => ({ body: body.replace(/.+/g, '0.5') });
    const given = { assembly, traffic, models, expectDrift: false, workDirectory: newFolder() };
    return (await rehearse({ ...given, workshop: this.workshop })).usage[hour];
  }
}

function readsLabels(kind: MonitorKindName): boolean {
  return KINDS[kind].readsLabels;
}

/** @param captured objects of the hour: each run lists them all, and what is beyond a page is counted for itself */
function measuredHour(
  { functions, transitions }: HourUsage,
  kinds: readonly MonitorKindName[],
  captured: number,
): Measured {
  const parts = ['Plan', 'Profile', 'Explain', 'Conclude'].map((name) => ending(functions, name));
  const [plan, profile, explain, conclude] = parts;
  const sum = (...operations: string[]) => parts.reduce((all, one) => all + counted(one, operations), 0);
  const items = profile.invocations;
  const baselines = kinds.some((kind) => KINDS[kind].baseline.hasStatistics) ? items : 0; // each reads that as well
  const furtherListings = plan.invocations * furtherPages(captured);
  return {
    items,
    objects: counted(profile, ['S3 GetObject']) - baselines,
    counts: {
      s3Puts: sum('S3 PutObject', 'S3 ListObjectsV2') - furtherListings,
      s3Gets: sum('S3 GetObject', 'S3 HeadObject'),
      transitions,
      plans: plan.invocations,
      profiles: items,
      explanations: explain.invocations,
      conclusions: conclude.invocations,
      events: sum('EventBridge PutEvents'),
      metricCalls: sum('CloudWatch PutMetricData'),
    },
    watch: watchOf(functions),
  };
}

function watchOf(functions: HourUsage['functions']): WatchCounts {
  const watcher = ending(functions, 'Reconcile');
  return {
    s3Puts: counted(watcher, ['S3 PutObject', 'S3 ListObjectsV2']),
    s3Gets: counted(watcher, ['S3 GetObject']),
    metricCalls: counted(watcher, ['CloudWatch PutMetricData']),
  };
}

function pageOf({ functions }: HourUsage): PageCounts {
  const [page] = Object.keys(functions).filter((name) => name.endsWith('Pages/Function'));
  const drawing = functions[page];
  const ofOne = (...operations: string[]) => counted(drawing, operations) / drawing.invocations; // an event is delivered twice here
  return { s3Puts: ofOne('S3 PutObject', 'S3 ListObjectsV2'), s3Gets: ofOne('S3 GetObject') };
}

/** What a run and an item ask, of two hours, where it is known what an object asks. */
function withObjects([few, many]: readonly Pick<Measured, 'objects' | 'items' | 'counts'>[], object: RunCounts) {
  const ofObjects = (name: keyof RunCounts) => object[name] * (many.objects - few.objects);
  const item = per(difference(many.counts, few.counts, ofObjects), many.items - few.items);
  const run = mapped((name) => few.counts[name] - few.items * item[name] - few.objects * object[name]);
  return { run, item };
}

/** By how much a run of one item differs from what is found of runs of several. */
function loneItem(
  { counts, objects }: Measured,
  object: RunCounts,
  { run, item }: ReturnType<typeof withObjects>,
): RunCounts {
  return mapped((name) => counts[name] - objects * object[name] - run[name] - item[name]);
}

/** What a run and an item of a kind ask, whose smaller hour has one item alone. */
function ofKind([few, many]: Pair, object: RunCounts, lone: RunCounts) {
  return withObjects([{ ...few, counts: difference(few.counts, lone) }, many], object);
}

function ending(functions: HourUsage['functions'], end: string): FunctionUsage {
  const found = Object.keys(functions).find((name) => name.endsWith(`/${end}`));
  return found === undefined ? { invocations: 0, calls: {} } : functions[found];
}

const counted = ({ calls }: FunctionUsage, operations: readonly string[]) =>
  operations.reduce((all, operation) => all + (calls[operation] ?? 0), 0);

const COUNTS: readonly (keyof RunCounts)[] = [
  's3Puts',
  's3Gets',
  'transitions',
  'plans',
  'profiles',
  'explanations',
  'conclusions',
  'events',
  'metricCalls',
];

const mapKinds = <Value>(make: (kind: MonitorKindName) => Value) =>
  Object.fromEntries(NAMES.map((kind) => [kind, make(kind)])) as Record<MonitorKindName, Value>;

const mapped = (make: (name: keyof RunCounts) => number) =>
  Object.fromEntries(COUNTS.map((name) => [name, make(name)])) as unknown as RunCounts;

const difference = (one: RunCounts, other: RunCounts, less: (name: keyof RunCounts) => number = () => 0) =>
  mapped((name) => one[name] - other[name] - less(name));

const per = (counts: RunCounts, many: number) => mapped((name) => counts[name] / many);
