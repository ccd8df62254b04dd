import type { RunCounts } from '../../lib/cost/run-figures';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { FunctionUsage, HourUsage } from '../../lib/rehearsal/usage';
import { newFolder, removeFolders, rows, synthesize } from '../../test/rehearsal/fixtures/app';

/** Objects of an hour: the last make several items, and stay below a page of a listing. */
const SIZES = [4, 8, 800];

interface Measured {
  readonly objects: number;
  readonly items: number;
  readonly counts: RunCounts;
}

/** What a run and its hour ask of AWS, solved from hours of several sizes that the synthesized app was rehearsed with. */
export async function simulatedFigures() {
  const assembly = synthesize();
  const hours: HourUsage[] = [];
  for (const objects of SIZES) {
    const traffic = [0, 1, 2].map(() => ({ rows: rows(SIZES[2]), objects }));
    const { usage } = await rehearse({ assembly, traffic, expectDrift: false, workDirectory: newFolder() });
    hours.push(usage[2]); // the second window: the hour before it had the same
  }
  removeFolders();
  const [few, more, many] = hours.map(measured);
  const object = per(difference(more, few), more.objects - few.objects);
  const rest = difference(many, few, (name) => object[name] * (many.objects - few.objects));
  const item = per(rest, many.items - few.items);
  const run = mapped((name) => few.counts[name] - few.items * item[name] - few.objects * object[name]);
  return { run, item, object, watch: watchOf(hours[0]) };
}

function measured({ functions, transitions }: HourUsage): Measured {
  const [plan, profile, conclude] = ['Plan', 'Profile', 'Conclude'].map((name) => ending(functions, name));
  const sum = (...operations: string[]) =>
    [plan, profile, conclude].reduce((all, one) => all + counted(one, operations), 0);
  const items = profile.invocations;
  return {
    items,
    objects: counted(profile, ['S3 GetObject']) - items, // each reads the baseline as well
    counts: {
      s3Puts: sum('S3 PutObject', 'S3 ListObjectsV2'),
      s3Gets: sum('S3 GetObject'),
      transitions: transitions + items, // the start of a child counts, too
      plans: plan.invocations,
      profiles: items,
      conclusions: conclude.invocations,
      events: sum('EventBridge PutEvents'),
      metricCalls: sum('CloudWatch PutMetricData'),
    },
  };
}

function watchOf({ functions }: HourUsage) {
  const watcher = ending(functions, 'Reconcile');
  return {
    s3Puts: counted(watcher, ['S3 PutObject', 'S3 ListObjectsV2']),
    s3Gets: counted(watcher, ['S3 GetObject']),
    metricCalls: counted(watcher, ['CloudWatch PutMetricData']),
  };
}

function ending(functions: HourUsage['functions'], end: string): FunctionUsage {
  const found = Object.keys(functions).find((name) => name.endsWith(`/${end}`));
  if (found === undefined) throw new Error(`no function ${end} was called in the simulated hour`);
  return functions[found];
}

const counted = ({ calls }: FunctionUsage, operations: readonly string[]) =>
  operations.reduce((all, operation) => all + (calls[operation] ?? 0), 0);

const NAMES: readonly (keyof RunCounts)[] = [
  's3Puts',
  's3Gets',
  'transitions',
  'plans',
  'profiles',
  'conclusions',
  'events',
  'metricCalls',
];

const mapped = (make: (name: keyof RunCounts) => number) =>
  Object.fromEntries(NAMES.map((name) => [name, make(name)])) as unknown as RunCounts;

const difference = (one: Measured, other: Measured, less: (name: keyof RunCounts) => number = () => 0) =>
  mapped((name) => one.counts[name] - other.counts[name] - less(name));

const per = (counts: RunCounts, many: number) => mapped((name) => counts[name] / many);
