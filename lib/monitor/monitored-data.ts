import { Stack, Token } from 'aws-cdk-lib';
import type { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import type { IConstruct } from 'constructs';
import { ENDPOINT } from '../core/cdk-shapes';
import {
  BOOLEAN,
  instance,
  list,
  NUMBER,
  optional,
  requireProps,
  type Shapes,
  struct,
  TEXT,
} from '../core/prop-shapes';
import { type Problem, throwIfAny, ValidationError } from '../core/validation-error';
import { BatchTransformData } from '../endpoint/batch-transform-data';
import { CapturedData } from '../endpoint/captured-data';
import { Endpoint } from '../endpoint/endpoint';
import { endpointNameOf } from '../endpoint/endpoint-name';
import { type EndpointVariants, variantsOf } from '../endpoint/endpoint-variants';
import { SAGEMAKER_NAME } from '../endpoint/sagemaker-name';
import { WrittenData } from '../endpoint/written-data';
import type { EndpointInput, RowsInput, WrittenInput } from './monitoring-engine';
import { RecordFilter } from './record-filter';
import { RecordFormat } from './record-format';
import { RecordTransformation } from './record-transformation';
import { transformRowsProblems } from './transform-rows-problems';
import { VariantComparison } from './variant-comparison';

/** How rows become those that monitors see. */
export interface MonitoredRowsOptions {
  /**
   * Which records are monitored; the others are left out, and counted. For monitors on `MonitoringEngine.serverless()`: on Model Monitor a
   * preprocessing script does it. Of transform jobs it takes `RecordFilter.column(...)`, and what is made of it.
   *
   * @default - all of them
   */
  readonly filter?: RecordFilter;

  /**
   * How JSON becomes rows, captured or of transform jobs: of these, what they read as a `request`, what they wrote as a `response`. For monitors on
   * `MonitoringEngine.serverless()`: on Model Monitor a preprocessing script does it.
   *
   * @default RecordFormat.flattened()
   */
  readonly format?: RecordFormat;

  /**
   * What is done to the rows that the filter leaves, in this order. The dataset of a baseline stays as it is. For monitors on
   * `MonitoringEngine.serverless()`: on Model Monitor a preprocessing script does it.
   *
   * @default - nothing
   */
  readonly transformations?: RecordTransformation[];
}

/** How captured records are read. */
export interface MonitoredRecordsOptions extends MonitoredRowsOptions {
  /**
   * The variants whose records are monitored, by name: a shadow variant is monitored where it is named. Records of others are left out; each report names
   * them. For monitors on `MonitoringEngine.serverless()`: Model Monitor reads all variants.
   *
   * @default - production variants, of an endpoint whose variants the app knows; else all
   */
  readonly variants?: string[];

  /**
   * Whether each variant is judged by its own records: has its own distances, quality and bias, in report files of its own. Metrics, event, messages and
   * alarms stay those of the monitor: `Violations` counts those of all variants, and all of them together keep to the rate of false alarms of one. For monitors
   * of data quality, model quality and bias on `MonitoringEngine.serverless()`, of an endpoint whose variants the app knows, or with `variants`. One of feature
   * attributions beside them explains the one model that it asks, about requests of all production variants.
   *
   * @default false - their records are judged together
   */
  readonly perVariant?: boolean;

  /**
   * Two of the variants, whose records each window compares. Needs `perVariant`. For monitors of data quality and model quality.
   *
   * @default - none
   */
  readonly comparison?: VariantComparison;

  /**
   * Bytes of captured objects that a run reads at most: whole, 1 MiB (1,048,576) or more. Of a window that has more, objects are drawn by a keyed hash of their names, of
   * each variant the same share; report, event, page and message say which share of the bytes was analysed, and counts and probabilities are of that. Labels are
   * read all. Records of one object came to one instance within minutes, so that some dozens of objects say more of a window than a few. For monitors on `MonitoringEngine.serverless()`.
   *
   * @default - all of them
   */
  readonly maxBytesPerRun?: number;
}

/** What an endpoint does not say of itself, and how its records are read. */
export interface MonitoredEndpointOptions extends MonitoredRecordsOptions {
  /**
   * Name of the endpoint, in its own spelling. Required where the reference holds only an ARN: SageMaker writes names in lower
   * case there, but not in the keys of captured data.
   *
   * @default - the endpoint's own name
   */
  readonly endpointName?: string;

  /**
   * Where the captured data of the endpoint lie. Required for an endpoint that this library did not make.
   *
   * @default - where the endpoint's `dataCapture` puts them
   */
  readonly capturedData?: CapturedData;
}

const ROWS: Shapes<MonitoredRowsOptions> = {
  filter: optional(instance(RecordFilter)),
  format: optional(instance(RecordFormat)),
  transformations: optional(list(instance(RecordTransformation))),
};

const RECORDS: Shapes<MonitoredRecordsOptions> = {
  ...ROWS,
  variants: optional(list(TEXT)),
  perVariant: optional(BOOLEAN),
  comparison: optional(instance(VariantComparison)),
  maxBytesPerRun: optional(NUMBER),
};

const OPTIONS = struct<MonitoredEndpointOptions>({
  ...RECORDS,
  endpointName: optional(TEXT),
  capturedData: optional(instance(CapturedData)),
});

/**
 * What an engine is told of the data: one of the three.
 *
 * @internal
 */
export interface MonitorInput {
  readonly endpointInput?: EndpointInput;
  readonly batchTransformInput?: BatchTransformData;
  readonly batchTransformRows?: RowsInput;
  readonly writtenInput?: WrittenInput;
}

/**
 * The data that a monitor watches: what an endpoint captures, what batch transform jobs do, or what an application writes in their form.
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const endpoint: Endpoint;
 * declare const bucket: s3.IBucket;
 *
 * MonitoredData.endpoint(endpoint);
 * // one that was made elsewhere: by the CDK's L1, by another library, by hand
 * MonitoredData.endpoint(Endpoint.fromEndpointName(this, 'Live', 'Credit-Risk-Live'), {
 *   capturedData: CapturedData.at(bucket, 'captured'),
 * });
 * // each production variant by its own records
 * MonitoredData.endpoint(endpoint, { perVariant: true });
 * // without test calls
 * MonitoredData.endpoint(endpoint, {
 *   filter: RecordFilter.noneOf(RecordFilter.customAttributes('testIndicator=testing')),
 * });
 * // lists of features, and a column that the training data call otherwise
 * MonitoredData.endpoint(endpoint, {
 *   format: RecordFormat.rowsAt({ request: 'instances[*]', response: 'predictions[*]' }),
 *   transformations: [RecordTransformation.rename({ yearlyIncome: 'income' })],
 * });
 * // of a window with more than 2 GiB, a sample
 * MonitoredData.endpoint(endpoint, { maxBytesPerRun: 2 * 1024 ** 3 });
 * // of transform jobs, without the rows that test them
 * declare const jobs: BatchTransformData;
 * MonitoredData.batchTransform(jobs, { filter: RecordFilter.noneOf(RecordFilter.column('tenant', 'test')) });
 * // of a model where SageMaker captures nothing
 * MonitoredData.written(new WrittenData({ name: 'churn', bucket, prefix: 'written' }));
 */
export abstract class MonitoredData {
  /**
   * What an endpoint captures.
   *
   * @param endpoint in the monitor's account and region: an `Endpoint`, a `CfnEndpoint`, or what `Endpoint.fromEndpointName` and its like refer to
   */
  public static endpoint(endpoint: IEndpointRef, options: MonitoredEndpointOptions = {}): MonitoredData {
    requireProps({ endpoint, options }, { endpoint: ENDPOINT, options: OPTIONS });
    return new MonitoredEndpoint(endpoint, options);
  }

  /**
   * What batch transform jobs capture.
   *
   * @param data of the jobs
   * @param options of their rows, which have columns alone: filters by attributes and identifiers of clients are refused, formats of JSON for other objects,
   * and changes by names for rows that have none
   */
  public static batchTransform(data: BatchTransformData, options: MonitoredRowsOptions = {}): MonitoredData {
    requireProps({ data, options }, { data: instance(BatchTransformData), options: struct(ROWS) });
    throwIfAny('InvalidMonitoredData', transformRowsProblems(data.format, options));
    return new MonitoredTransforms(data, options);
  }

  /**
   * What an application writes where SageMaker captures nothing: for serverless endpoints, and models in Lambda functions or containers elsewhere. For
   * monitors on `MonitoringEngine.serverless()`.
   */
  public static written(data: WrittenData, options: MonitoredRecordsOptions = {}): MonitoredData {
    requireProps({ data, options }, { data: instance(WrittenData), options: struct(RECORDS) });
    throwIfAny('InvalidMonitoredData', [...variantProblems(options), ...bytesProblems(options)]);
    return new MonitoredRecords({ data, ...options });
  }

  /**
   * What the engine of a monitor is told.
   *
   * @internal
   */
  public abstract _inputOf(monitor: IConstruct): MonitorInput;
}

class MonitoredEndpoint extends MonitoredData {
  private readonly input: EndpointInput;

  constructor(endpoint: IEndpointRef, options: MonitoredEndpointOptions) {
    super();
    this.input = endpointInputOf(endpoint, options);
  }

  /** @internal */
  public _inputOf(monitor: IConstruct): MonitorInput {
    throwIfAny('InvalidMonitoredData', environmentProblems(monitor, this.input.endpoint), monitor);
    return { endpointInput: this.input };
  }
}

class MonitoredTransforms extends MonitoredData {
  constructor(
    private readonly data: BatchTransformData,
    private readonly rows: RowsInput,
  ) {
    super();
  }

  /** @internal */
  public _inputOf(): MonitorInput {
    return { batchTransformInput: this.data, batchTransformRows: this.rows };
  }
}

class MonitoredRecords extends MonitoredData {
  constructor(private readonly input: WrittenInput) {
    super();
  }

  /** @internal */
  public _inputOf(): MonitorInput {
    return { writtenInput: this.input };
  }
}

/** The endpoint with its name and captured data, or one error for what is missing of them. */
function endpointInputOf(endpoint: IEndpointRef, options: MonitoredEndpointOptions): EndpointInput {
  const { endpointName = endpointNameOf(endpoint), capturedData = capturedDataOf(endpoint), ...reading } = options;
  const problems = [...variantProblems(options, variantsOf(endpoint)), ...bytesProblems(options)];
  throwIfAny('InvalidMonitoredData', problems, endpoint);
  if (endpointName !== undefined && capturedData !== undefined)
    return { endpoint, endpointName, capturedData, ...reading };
  const name = missing('endpointName', 'the name of the endpoint, as it was created');
  const data = missing('capturedData', "CapturedData.at(bucket, prefix), or a 'dataCapture' of the endpoint");
  const missed = [...(endpointName === undefined ? [name] : []), ...(capturedData === undefined ? [data] : [])];
  throw new ValidationError('InvalidMonitoredData', missed, endpoint);
}

/** Less is no window of anything, but a number that was meant in another unit. */
const LEAST_BYTES = 1024 * 1024;

function bytesProblems({ maxBytesPerRun: got = LEAST_BYTES }: MonitoredRecordsOptions): Problem[] {
  if (Token.isUnresolved(got) || (Number.isSafeInteger(got) && got >= LEAST_BYTES)) return [];
  return [{ prop: 'maxBytesPerRun', got, allowed: `a whole number of bytes, ${LEAST_BYTES} (1 MiB) or more` }];
}

/** Whose records are read, and how. */
type VariantOptions = Pick<MonitoredRecordsOptions, 'variants' | 'perVariant' | 'comparison'>;

/** What is said of variants, of an endpoint whose variants are known or not. */
function variantProblems({ variants, perVariant, comparison }: VariantOptions, known?: EndpointVariants): Problem[] {
  if (perVariant && !variants && !known) {
    const allowed = "'variants', or an endpoint whose variants the app knows";
    return [{ prop: 'perVariant', got: true, allowed, advice: 'name the variants: variants: [...]' }];
  }
  return [
    ...nameProblems(variants, known),
    ...(comparison ? comparisonProblems(comparison, perVariant, variants ?? known?.production) : []),
  ];
}

/** What is compared is judged apart, and so read. */
function comparisonProblems(
  { reference, candidate }: VariantComparison,
  perVariant: boolean | undefined,
  read: string[] = [],
): Problem[] {
  if (!perVariant) return [{ prop: 'comparison', got: 'a VariantComparison', allowed: "with 'perVariant: true'" }];
  const isRead = (name: string) =>
    Token.isUnresolved(read) || read.some((one) => one === name || Token.isUnresolved(one));
  const unread = [reference, candidate].filter((name) => !Token.isUnresolved(name) && !isRead(name));
  const allowed = `variants that are read: ${read.join(', ')}`;
  return unread.map((got) => ({ prop: 'comparison', got, allowed, advice: "name it in 'variants'" }));
}

/** Names are folders; of an endpoint of the app, one of its variants. */
function nameProblems(variants: string[] | undefined, known?: EndpointVariants): Problem[] {
  if (variants === undefined || Token.isUnresolved(variants)) return [];
  if (variants.length === 0) return [{ prop: 'variants', got: [], allowed: 'at least one name, or nothing' }];
  const all = known && [...known.production, ...known.shadow];
  const isKnown = (name: string) =>
    !all || Token.isUnresolved(name) || all.includes(name) || all.some(Token.isUnresolved);
  const isName = (name: string, index: number) =>
    Token.isUnresolved(name) || (SAGEMAKER_NAME.test(name) && variants.indexOf(name) === index);
  const unknown = variants.filter((name) => !isKnown(name));
  const noNames = variants.filter((name, index) => isKnown(name) && !isName(name, index));
  return [
    ...unknown.map((got) => ({ prop: 'variants', got, allowed: `variants of the endpoint: ${all?.join(', ')}` })),
    ...noNames.map((got) => ({ prop: 'variants', got, allowed: 'the name of a variant, once' })),
  ];
}

function missing(prop: string, allowed: string): Problem {
  return { prop, got: undefined, allowed };
}

/** Where our own endpoints capture to; of others nothing is known. */
function capturedDataOf(endpoint: IEndpointRef): CapturedData | undefined {
  return endpoint instanceof Endpoint ? endpoint.capturedData : undefined;
}

/** Model Monitor, captured data and metrics exist per account and region. */
function environmentProblems(monitor: IConstruct, { env }: IEndpointRef): Problem[] {
  const stack = Stack.of(monitor);
  const both = [
    { prop: 'endpoint.env.account', got: env.account, here: stack.account },
    { prop: 'endpoint.env.region', got: env.region, here: stack.region },
  ];
  return both
    .filter(({ got, here }) => !Token.isUnresolved(got) && !Token.isUnresolved(here) && got !== here)
    .map(({ prop, got, here }) => ({ prop, got, allowed: `that of the monitor's stack: ${here}` }));
}
