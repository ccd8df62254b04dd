import { Failure } from '../../runtime/failure';
import type { TrainingSettings, TrainingWatchRequest } from '../contract';
import { tellIssues } from './issue-telling';
import { jobMetrics } from './job-metrics';
import { executionsUnderWay, pipelineExecution } from './pipeline-executions';
import { jobsUnderWay, trainingJob } from './training-jobs';
import type { TrainingWork } from './training-work';

/**
 * Looks at one training because something happened to it, or at all that are under way because time goes by; tells each issue once, and stops what it was asked to. The event is
 * a sign alone: what is told is what SageMaker says when it is asked.
 */
export const handler = async ({ settings, work }: TrainingWatchRequest): Promise<void> => {
  const now = new Date();
  const named = work === undefined ? await underWay(settings, now) : [watched(settings, work)];
  const failures: unknown[] = [];
  for (const name of named) {
    try {
      await tellIssues(settings, await described(settings, name, now), now);
    } catch (error) {
      failures.push(error); // the others are looked at first
    }
  }
  if (failures.length > 0) throw failures[0];
};

function underWay({ jobPrefix, pipelineName = '' }: TrainingSettings, now: Date): Promise<string[]> {
  return jobPrefix === undefined ? executionsUnderWay(pipelineName, now) : jobsUnderWay(jobPrefix);
}

/** SageMaker writes names in lower case in some ARNs. */
function watched({ jobPrefix, pipelineName = '' }: TrainingSettings, work: string): string {
  const isWatched =
    jobPrefix === undefined
      ? work.toLowerCase().includes(`:pipeline/${pipelineName.toLowerCase()}/execution/`)
      : work.startsWith(jobPrefix);
  if (isWatched) return work;
  const expected =
    jobPrefix === undefined ? `an execution of ${pipelineName}` : `a job whose name begins with ${jobPrefix}`;
  throw new Failure(
    'MalformedEvent',
    `the training of the event is not watched here: ${expected} was expected; the rule of the watch sends no others`,
  );
}

async function described({ jobPrefix, checks = [] }: TrainingSettings, name: string, now: Date): Promise<TrainingWork> {
  if (jobPrefix === undefined) return pipelineExecution(name);
  const job = await trainingJob(name);
  const { status, begun, ended: until = now } = job;
  const isJudged = checks.length > 0 && (status === 'UnderWay' || status === 'Completed');
  if (!isJudged || begun === undefined) return job;
  return { ...job, metrics: await jobMetrics(checks, { job: name, begun, until }, now) };
}
