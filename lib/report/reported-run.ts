import type {
  AttributionAnalysis,
  BiasAnalysis,
  Constraints,
  ModelQualityConstraints,
  ModelQualityStatistics,
  Statistics,
} from '../analysis';
import type { ContainerViolation } from '../kind/container-violation';
import type { ExecutionReport } from '../outcome/contract';
import type { KeptTest } from '../outcome/tested/contract';
import type { Naming } from './distribution';

/** Files of a run, or of what it was compared with: those of one kind of monitor, none where it left none. What is not ours may hold anything. */
export interface ComparedFiles {
  readonly statistics?: Partial<Statistics> & Partial<Omit<ModelQualityStatistics, 'dataset' | 'version'>>;
  readonly constraints?: Partial<Constraints> & Partial<ModelQualityConstraints>;
  readonly analysis?: Partial<BiasAnalysis> & Partial<AttributionAnalysis>;
}

/** What a page is made of: the report of a run, and whatever there is of the files beside it. */
export interface ReportedRun {
  readonly report: ExecutionReport;
  readonly run: ComparedFiles;
  readonly baseline: ComparedFiles;
  /** those of each variant, of a run that judges each apart */
  readonly variants?: { readonly [variant: string]: ComparedFiles };
  /** as constraint_violations.json lists them */
  readonly violations?: readonly ContainerViolation[];
  /** how far a test of two variants was with it, or with the window before where that is not known yet */
  readonly test?: KeptTest;
  /** reports of the windows before it, the oldest first; those without a report are not there */
  readonly earlier: readonly ExecutionReport[];
  /** of a whole window, above 0 to 1; the analysis' own where absent */
  readonly falseAlarmRate?: number;
  /** how groups of values are called; by their places where absent, so that no value of a record is on the page */
  readonly naming?: Naming;
  /** what there is to know of where the run came from, beyond its report, as name and value */
  readonly provenance?: { readonly [name: string]: string };
}
