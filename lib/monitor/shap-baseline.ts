import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BUCKET } from '../core/cdk-shapes';
import { list, NUMBER, requireProps, TEXT, TEXT_OR_NUMBER } from '../core/prop-shapes';
import { grantGetObjects, grantListPrefixes } from '../core/s3-grants';
import { validateKey } from '../core/s3-key';
import { type Problem, throwIfAny } from '../core/validation-error';
import { countProblems, isWritable } from './analysis-problems';

/**
 * An object that holds a SHAP baseline.
 *
 * @internal
 */
export interface ShapBaselinePlace {
  /** The bucket. */
  readonly bucket: IBucket;
  /** The key of the object. */
  readonly objectKey: string;
}

/**
 * Where a SHAP baseline comes from: one of the three.
 *
 * @internal
 */
export interface ShapBaselineConfig {
  /**
   * The records themselves, as JSON.
   *
   * @default - they are not said
   */
  readonly inlineJson?: string;
  /**
   * `s3://bucket/key`
   *
   * @default - none
   */
  readonly s3Uri?: string;
  /**
   * Where the object of `s3Uri` lies.
   *
   * @default - none
   */
  readonly place?: ShapBaselinePlace;
  /**
   * How many clusters Clarify finds.
   *
   * @default - none
   */
  readonly clusterCount?: number;
}

/**
 * What features are compared with to find what they contribute: an uninformative record, or some of them. It is not the baseline of the monitor, whose
 * attributions a run compares its own with.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-feature-attribute-shap-baselines.html
 *
 * @example
 * ShapBaseline.json('[{"features":[37,1,40]}]');
 */
export abstract class ShapBaseline {
  /**
   * Rows of CSV: the features alone, in their order, usually the mean or mode of each.
   *
   * @param rows texts or numbers, at least one row, all of one length, 1 or more: `[[37, 1, 40]]`
   */
  public static rows(rows: unknown[][]): ShapBaseline {
    requireProps({ rows }, { rows: list(list(TEXT_OR_NUMBER)) });
    throwIfAny('InvalidShapAnalysis', rowProblems(rows));
    return new InlineBaseline(JSON.stringify(rows));
  }

  /**
   * Records of JSON or JSON Lines, in the form of the dataset.
   *
   * @param text JSON: an array of objects, as `[{"features":[37,1,40]}]`, or one object, as `{"instances":[{"features":[37,1,40]}]}`
   */
  public static json(text: string): ShapBaseline {
    requireProps({ text }, { text: TEXT });
    throwIfAny('InvalidShapAnalysis', documentProblems(text));
    return new InlineBaseline(text);
  }

  /**
   * An object in S3, in the form of the dataset, without a header line. Every run reads it anew.
   *
   * @param objectKey without leading slash
   */
  public static fromBucket(bucket: IBucket, objectKey: string): ShapBaseline {
    requireProps({ bucket, objectKey }, { bucket: BUCKET, objectKey: TEXT });
    return new BucketBaseline(bucket, objectKey);
  }

  /**
   * The centres of clusters that Clarify finds in the data, anew in each run: what features are compared with drifts as the data do.
   *
   * @param count a whole number, 1 or more; each costs time
   */
  public static clusters(count: number): ShapBaseline {
    requireProps({ count }, { count: NUMBER });
    throwIfAny('InvalidShapAnalysis', countProblems('count', count, 1));
    return new ClusteredBaseline(count);
  }

  /**
   * Whether it is found in the data that are explained.
   *
   * @internal
   */
  public readonly _isClustered: boolean = false;

  /**
   * Permits to read what lies in S3, and says where the baseline comes from.
   *
   * @param grantee the role of the jobs
   *
   * @internal
   */
  public abstract _bind(grantee: iam.IGrantable): ShapBaselineConfig;

  /**
   * How many features its records have, as far as the app can know: nothing of an object in S3.
   *
   * @param features where they stand in JSON
   * @internal
   */
  public _widths(_features?: string): number[] {
    return [];
  }
}

class InlineBaseline extends ShapBaseline {
  constructor(private readonly inlineJson: string) {
    super();
  }

  public _bind(): ShapBaselineConfig {
    return { inlineJson: this.inlineJson };
  }

  /** @internal */
  public override _widths(features?: string): number[] {
    const document: unknown = JSON.parse(this.inlineJson);
    const records = features === undefined ? [document].flat() : valuesAt(document, features);
    return records.flatMap((values) => (Array.isArray(values) ? values.length : []));
  }
}

class BucketBaseline extends ShapBaseline {
  constructor(
    private readonly bucket: IBucket,
    private readonly objectKey: string,
  ) {
    super();
    throwIfAny('InvalidShapAnalysis', validateKey('objectKey', objectKey));
  }

  public _bind(grantee: iam.IGrantable): ShapBaselineConfig {
    grantGetObjects(grantee, this.bucket, this.objectKey);
    grantListPrefixes(grantee, this.bucket, this.objectKey); // Clarify takes it for a prefix
    const { bucket, objectKey } = this;
    return { s3Uri: bucket.s3UrlForObject(objectKey), place: { bucket, objectKey } };
  }
}

class ClusteredBaseline extends ShapBaseline {
  /** @internal */
  public override readonly _isClustered = true;

  constructor(private readonly clusterCount: number) {
    super();
  }

  public _bind(): ShapBaselineConfig {
    return { clusterCount: this.clusterCount };
  }
}

function rowProblems(rows: readonly (readonly unknown[])[]): Problem[] {
  const lengths = rows.map((row) => row.length);
  const allowed = 'at least one row, all of one length, of texts and finite numbers';
  const sameLength = lengths.length > 0 && lengths[0] > 0 && new Set(lengths).size === 1;
  return sameLength && rows.flat().every(isWritable) ? [] : [{ prop: 'rows', got: rows, allowed }];
}

/** Says that a text is no JSON, or no records. */
function documentProblems(got: string): Problem[] {
  const problem = { prop: 'text', got, allowed: 'JSON, an array of objects or one object' };
  try {
    return isRecords(JSON.parse(got)) ? [] : [problem];
  } catch (cause) {
    return [{ ...problem, advice: (cause as Error).message }];
  }
}

function isRecords(document: unknown): boolean {
  const records = Array.isArray(document) ? document : [document];
  return records.length > 0 && records.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
}

/** Names, and `[*]` for each item of a list. JMESPath can do more, which is not followed here. */
const SIMPLE_PATH = /^(\[\*\]|[\w-]+)(\[\*\]|\.[\w-]+)*$/;

/** What stands at a path: in a document or, where the path does not begin with a list, in each of its records. */
function valuesAt(document: unknown, path: string): unknown[] {
  if (!SIMPLE_PATH.test(path)) return [];
  const steps = path.match(/\[\*\]|[\w-]+/g) ?? [];
  const start = steps[0] === '[*]' ? [document] : [document].flat();
  return steps.reduce<unknown[]>((values, step) => values.flatMap((value) => itemsAt(value, step)), start);
}

function itemsAt(value: unknown, step: string): unknown[] {
  if (step === '[*]') return Array.isArray(value) ? value : [];
  const isObject = typeof value === 'object' && value !== null;
  const item = isObject ? Object.entries(value).find(([name]) => name === step) : undefined;
  return item ? [item[1]] : [];
}
