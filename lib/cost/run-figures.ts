import type { MonitorKindName } from '../kind/kind-sheet';
import figures from './run-figures.json';

/** What is billed by the piece: requests to S3 that write or list, and that read, transitions, and calls of functions. */
export interface RunCounts {
  readonly s3Puts: number;
  readonly s3Gets: number;
  readonly transitions: number;
  readonly plans: number;
  readonly profiles: number;
  readonly explanations: number;
  readonly conclusions: number;
  readonly events: number;
  readonly metricCalls: number;
}

/** What of that the watcher asks for. */
export type WatchCounts = Pick<RunCounts, 's3Puts' | 's3Gets' | 'metricCalls'>;

/** What of that the function asks for which draws a run. */
export type PageCounts = Pick<RunCounts, 's3Puts' | 's3Gets'>;

/** What a run asks by what it reads. */
export interface PieceFigures {
  /** whatever it reads */
  readonly run: RunCounts;
  /** of each group of objects, which one function reads at a time */
  readonly item: RunCounts;
  /** of each object, of captured records or of labels */
  readonly object: RunCounts;
}

/** What simulated runs ask of AWS. */
export interface RunFigures {
  /** of runs that read all they need; and of the watcher, an hour and monitor */
  readonly kinds: { readonly [kind in MonitorKindName]: PieceFigures & { readonly watch: WatchCounts } };
  /** by how much what a run finds differs, because another monitor of the same data has read it */
  readonly found: PieceFigures;
  /** by how much a run of one item alone differs: it opens no Map */
  readonly lone: RunCounts;
  /** of the page that a run leaves, which tells of the windows before it, as many as there can be */
  readonly page: PageCounts;
  /** of each further hour of a window */
  readonly hour: RunCounts;
  /** of each further hour in which labels are looked for */
  readonly labelHour: RunCounts;
}

/** As `npm run scale -- --write` found them by simulation of synthesized apps. */
export const RUN_FIGURES: RunFigures = figures;

/** Names of what is counted. */
export const COUNT_NAMES = Object.keys(RUN_FIGURES.hour) as (keyof RunCounts)[];

/** The counts of each name, computed alike. */
export function mapCounts(make: (name: keyof RunCounts) => number): RunCounts {
  return Object.fromEntries(COUNT_NAMES.map((name) => [name, make(name)])) as unknown as RunCounts;
}

/** Adds up counts, so many times each. */
export function sumOfCounts(terms: readonly (readonly [times: number, counts: Partial<RunCounts>])[]): RunCounts {
  return mapCounts((name) => terms.reduce((sum, [times, counts]) => sum + times * (counts[name] ?? 0), 0));
}
