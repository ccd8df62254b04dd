import type { Container, ContainerEnd, ContainerStart } from '../../cloud/account/sagemaker/container';
import type { JobScript } from '../../cloud/account/sagemaker/processing-jobs';
import { analyzer } from './analyzer';
import { biasBaseline, clarifyConfig } from './clarify';
import { failed, jsonFiles } from './container-end';
import { ASKS_MODEL, baselineObstacle, containerOf } from './obstacles';

/** The member by which a baseline's file that nobody computed is known, with the reason. */
export const PLACEHOLDER = 'notRehearsed';

/**
 * How processing jobs go in a rehearsal: this library's analyzer does the work of SageMaker's containers. A job whose work nobody can do
 * leaves files that say so, that the deployment can go on.
 */
export const jobScript: JobScript = ({ request }) => {
  const obstacle = baselineObstacle(request);
  const container: Container = async (start) => (obstacle === undefined ? work(start) : placeholder(start, obstacle));
  return { status: 'Completed', container };
};

async function work(start: ContainerStart): Promise<ContainerEnd> {
  if (containerOf(start.imageUri) === 'analyzer') {
    return analyzer(start);
  }
  const config = clarifyConfig(start);
  if (config === undefined) {
    return failed('the job has no analysis configuration among its inputs');
  }
  return config.predictor === undefined ? biasBaseline(start, config) : placeholder(start, ASKS_MODEL);
}

function placeholder(start: ContainerStart, reason: string): ContainerEnd {
  const empty = { version: 0, features: [], [PLACEHOLDER]: reason };
  const files: Record<string, object> =
    start.environment.output_path === undefined
      ? { 'analysis.json': { version: '1.0', [PLACEHOLDER]: reason } }
      : { 'statistics.json': { ...empty, dataset: { item_count: 0 } }, 'constraints.json': empty };
  return { status: 'Completed', files: jsonFiles(start, files), by: `nobody (${reason}): it leaves empty files` };
}
