import {
  DescribeModelPackageCommand,
  type DriftCheckBaselines,
  type MetricsSource,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import type { ObjectLocation } from '../../core/contract';
import { type DriftCheckSources, KIND_SERVICES } from '../../kind/kind-services';
import { Failure } from '../../runtime/failure';
import { parseJson, readJson, readText, writeContent } from '../../runtime/s3';
import type { BaselineSpec, ModelPackageSpec } from '../contract';
import type { BaselineFolder } from './baseline-request';
import { writeConstraints } from './finished-baseline';
import { requireUsable } from './given-files';
import type { AnyConstraints } from './overridden-constraints';

const sageMaker = new SageMakerClient({});

/** What the registry has of a baseline; several constraints are parts of one file. */
interface RegisteredFiles {
  readonly statistics?: MetricsSource;
  readonly constraints: (MetricsSource | undefined)[];
  /** where they stand in the model package */
  readonly path: string;
}

/** Members of one of a version's baselines. */
type Sources = { readonly [name in 'Statistics' | DriftCheckSources['constraints'][number]]?: MetricsSource };

/**
 * Copies the baseline that a version of a model was registered with, so that a monitor reads this library's prefix only.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeModelPackage.html
 */
export async function copyRegistered(spec: BaselineSpec, registered: ModelPackageSpec, folder: BaselineFolder) {
  const command = new DescribeModelPackageCommand({ ModelPackageName: registered.arn });
  const { DriftCheckBaselines: baselines = {} } = await sageMaker.send(command);
  const files = registeredFiles(registered, baselines);
  const constraints = files.constraints.flatMap((source) => locationOf(registered, source));
  const statistics = locationOf(registered, files.statistics);
  if (constraints.length === 0 || (folder.statistics && statistics.length === 0))
    throw notRegistered(registered, files);
  const text = folder.statistics && (await readText(statistics[0]));
  const content = await merged(constraints);
  requireUsable(spec, {
    statistics: text === undefined ? undefined : parseJson(text, statistics[0]),
    constraints: content,
  });
  if (folder.statistics && text !== undefined) await writeContent(folder.statistics, text);
  await writeConstraints(spec, folder, content);
}

function registeredFiles({ kind }: ModelPackageSpec, baselines: DriftCheckBaselines): RegisteredFiles {
  const { member, statistics, constraints, path } = KIND_SERVICES[kind].driftCheckBaselines;
  const sources: Sources = baselines[member] ?? {};
  return { statistics: statistics && sources[statistics], constraints: constraints.map((name) => sources[name]), path };
}

/**
 * Constraints in several files are those of bias before and after training: two checks of a pipeline write one each, and the analysis of a baseline
 * writes both into one file, under keys of their own. No document says what a monitor makes of one of them alone, so it gets all there is.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-quality-clarify-baseline-lifecycle.html
 */
async function merged(files: ObjectLocation[]): Promise<AnyConstraints> {
  const parts = await Promise.all(files.map((file) => readJson<AnyConstraints>(file)));
  return Object.assign({}, ...parts);
}

function locationOf({ bucket, bucketOwner, prefix, arn }: ModelPackageSpec, source?: MetricsSource): ObjectLocation[] {
  const uri = source?.S3Uri;
  if (uri === undefined) return [];
  const begin = `s3://${bucket}/${prefix === undefined ? '' : `${prefix}/`}`;
  if (uri.startsWith(begin) && uri.length > begin.length) {
    return [{ bucket, bucketOwner, key: uri.slice(`s3://${bucket}/`.length) }];
  }
  const what = `the model package ${arn} has a baseline at ${uri}, which is not below ${begin}`;
  throw new Failure('BaselineElsewhere', `${what}; name the bucket, and the prefix if any, in which its baselines lie`);
}

function notRegistered({ arn }: ModelPackageSpec, { path }: RegisteredFiles): Failure {
  const what = `the DriftCheckBaselines of the model package ${arn} have no ${path}`;
  const advice = 'they are set when a version is registered: register one with them, or use another baseline';
  return new Failure('BaselineNotRegistered', `${what}; ${advice}`);
}
