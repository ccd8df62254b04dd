import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { DatasetSpec, FileRigour } from '../../../baseline/contract';
import type { DatasetConfig } from '../../../baseline/dataset';
import type { Problem } from '../../../core/validation-error';
import type { AnalysisMachine } from '../analysis-machine';
import type { MonitorRequest } from '../contract';

/** What a kind adds to the request of a run. */
export type KindRequest = Partial<
  Pick<
    MonitorRequest,
    'excludedFeatures' | 'featureMetrics' | 'labels' | 'problem' | 'decay' | 'signalMetrics' | 'groups' | 'explanation'
  >
>;

/** How a kind reads a dataset, beside where that lies and how it is written. */
export type DatasetReading = Omit<DatasetSpec, 'location' | 'format' | 'maximumConcurrency'>;

/** What a kind makes resources with. */
export interface BoundParts {
  /** below it is what is the engine's own of a monitor */
  readonly own: Construct;
  readonly machine: AnalysisMachine;
  /** of captured data in another form; that of the stack where absent */
  readonly extractsBucket?: IBucket;
}

/**
 * What a kind of monitor adds to the engine: everything that those it runs do not have in common.
 *
 * @internal
 */
export interface AnalysisBlueprint {
  /** What is asked of the engine, and it does not do. */
  readonly unsupported: Problem[];
  readonly request: KindRequest;
  /** whether runs leave extracts of captured records, from which others are made; false where absent */
  readonly leavesExtracts?: true;
  /** Lets the machine read what the kind needs beside captured data. */
  readonly grantReading?: (machine: AnalysisMachine) => void;
  /** Makes what the kind needs beside the machine, and returns what requests say of it. */
  readonly resources?: (parts: BoundParts) => KindRequest;
  /** How a baseline is made of a dataset, of a monitor with this request; throws for one that it cannot be made of. */
  readonly datasetReading: (dataset: DatasetConfig, rigour: FileRigour, request: KindRequest) => DatasetReading;
}
