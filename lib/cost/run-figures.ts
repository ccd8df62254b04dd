import figures from './run-figures.json';

/** What is billed by the piece: requests to S3 that write or list, and that read, transitions, and calls of functions. */
export interface RunCounts {
  readonly s3Puts: number;
  readonly s3Gets: number;
  readonly transitions: number;
  readonly plans: number;
  readonly profiles: number;
  readonly conclusions: number;
  readonly events: number;
  readonly metricCalls: number;
}

/** How large a run is. */
export interface RunSize {
  /** captured objects that it reads */
  readonly objects: number;
  /** groups of them, which one function reads at a time */
  readonly items: number;
}

/** As `npm run scale -- --write` found them by simulation of a synthesized app. */
export const RUN_FIGURES: {
  /** of a run, whatever it reads */
  readonly run: RunCounts;
  readonly item: RunCounts;
  readonly object: RunCounts;
  /** of the watcher, an hour and monitor */
  readonly watch: Pick<RunCounts, 's3Puts' | 's3Gets' | 'metricCalls'>;
} = figures;

/** S3 answers a listing with at most so many objects; a run lists its window, the hour before, and the window before. */
const PAGE = 1000;
const LISTINGS = 3;

/** What one run comes to. */
export function runCounts({ objects, items }: RunSize): RunCounts {
  const names = Object.keys(RUN_FIGURES.run) as (keyof RunCounts)[];
  const { run, item, object } = RUN_FIGURES;
  const counts = names.map((name) => [name, run[name] + items * item[name] + objects * object[name]]);
  const further = LISTINGS * Math.floor(objects / PAGE);
  const all = Object.fromEntries(counts) as unknown as RunCounts;
  return { ...all, s3Puts: all.s3Puts + further };
}
