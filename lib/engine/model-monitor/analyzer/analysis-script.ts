import * as fs from 'node:fs';
import { Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { BUCKET } from '../../../core/cdk-shapes';
import { requireProps, TEXT } from '../../../core/prop-shapes';
import { grantGetObjects, grantListPrefixes } from '../../../core/s3-grants';
import { validateKey } from '../../../core/s3-key';
import { type Problem, throwIfAny } from '../../../core/validation-error';

/**
 * A script of the analysis, as a job definition names it.
 *
 * @internal
 */
export interface AnalysisScriptConfig {
  /** `s3://bucket/key.py` */
  readonly s3Uri: string;
}

/**
 * A Python script that SageMaker's analyzer runs before or after the analysis.
 *
 * A record preprocessor defines `preprocess_handler(inference_record)`, called for each captured record; it returns a flat dictionary, a list
 * of them, or an empty list, which drops the record. A post-analytics script defines `postprocess_handler()`, called once after the analysis.
 * A file that does not define the function is refused when the app is synthesized.
 *
 * A record has `endpoint_input` and `endpoint_output` (`batch_transform_output`, `ground_truth`), each with `data` and `encoding`, and
 * `event_metadata` with `event_id`. So a script can be tried without AWS, from the folder that it is in:
 *
 * ```sh
 * python3 -c "
 * from types import SimpleNamespace as Record
 * from preprocessor import preprocess_handler
 * csv = lambda data: Record(data=data, encoding='CSV')
 * print(preprocess_handler(Record(endpoint_input=csv('31,120.5'), endpoint_output=csv('0.9'), event_metadata=Record(event_id='1'))))
 * "
 * ```
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-and-post-processing.html
 *
 * @example
 * AnalysisScript.fromAsset('monitoring/preprocessor.py');
 */
export abstract class AnalysisScript {
  /**
   * A file on the machine that synthesizes the app. It is uploaded as an asset: changed content makes a new job definition.
   *
   * @param path of a .py file, absolute or relative to the working directory of the app
   */
  public static fromAsset(path: string): AnalysisScript {
    requireProps({ path }, { path: TEXT });
    return new AssetScript(path);
  }

  /**
   * An object that lies in S3, in the monitor's region. Every run reads it anew: what is written there later takes effect with the next run.
   *
   * @param objectKey of a .py file, without leading slash
   */
  public static fromBucket(bucket: IBucket, objectKey: string): AnalysisScript {
    requireProps({ bucket, objectKey }, { bucket: BUCKET, objectKey: TEXT });
    return new BucketScript(bucket, objectKey);
  }

  /**
   * Permits the job to read the script, and returns where it lies.
   *
   * @param scope belongs to this script alone
   * @param grantee the job's role
   *
   * @internal
   */
  public abstract _bind(scope: Construct, grantee: iam.IGrantable): AnalysisScriptConfig;

  /**
   * What is wrong with the script, as far as the app can know: nothing of an object in S3.
   *
   * @param prop that the script is given as
   * @param handler the function that has to be there
   * @internal
   */
  public _problems(_prop: string, _handler: string): Problem[] {
    return [];
  }
}

class AssetScript extends AnalysisScript {
  constructor(private readonly path: string) {
    super();
    throwIfAny('InvalidAnalysisScript', pythonProblems('path', path));
  }

  public _bind(scope: Construct, grantee: iam.IGrantable): AnalysisScriptConfig {
    const { bucket, s3ObjectKey, s3ObjectUrl } = new assets.Asset(scope, 'Script', { path: this.path });
    grantDownload(grantee, bucket, s3ObjectKey);
    return { s3Uri: s3ObjectUrl };
  }

  /**
   * Says nothing of a file that does not exist: the asset does.
   *
   * @internal
   */
  public override _problems(prop: string, handler: string): Problem[] {
    const stats = fs.statSync(this.path, { throwIfNoEntry: false });
    if (!stats) return [];
    if (!stats.isFile()) return [{ prop, got: this.path, allowed: 'a file' }];
    if (defines(fs.readFileSync(this.path, 'utf8'), handler)) return [];
    const advice = 'without it every run fails; the other of the two scripts has another one';
    return [{ prop, got: this.path, allowed: `a script that defines ${handler}`, advice }];
  }
}

class BucketScript extends AnalysisScript {
  constructor(
    private readonly bucket: IBucket,
    private readonly objectKey: string,
  ) {
    super();
    const problems = [...validateKey('objectKey', objectKey), ...pythonProblems('objectKey', objectKey)];
    throwIfAny('InvalidAnalysisScript', problems);
  }

  public _bind(_scope: Construct, grantee: iam.IGrantable): AnalysisScriptConfig {
    grantDownload(grantee, this.bucket, this.objectKey);
    return { s3Uri: this.bucket.s3UrlForObject(this.objectKey) };
  }
}

/** Listing is part of the documented minimum, as a job's input is a prefix; this one is the key itself. */
function grantDownload(grantee: iam.IGrantable, bucket: IBucket, objectKey: string): void {
  grantGetObjects(grantee, bucket, objectKey);
  grantListPrefixes(grantee, bucket, objectKey);
}

/** Whether a Python file defines, assigns or imports a function, in a line that is no comment. */
function defines(source: string, handler: string): boolean {
  return new RegExp(`^[ \\t]*(def[ \\t]+${handler}[ \\t]*\\(|${handler}[ \\t]*=|from\\b.*\\b${handler}\\b)`, 'm').test(
    source,
  );
}

function pythonProblems(prop: string, got: string): Problem[] {
  const valid = Token.isUnresolved(got) || /[^/]\.py$/.test(got);
  return valid ? [] : [{ prop, got, allowed: 'the name of a Python file, ending in .py' }];
}
