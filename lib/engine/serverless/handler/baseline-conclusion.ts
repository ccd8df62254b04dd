import { BASELINE_ATTRIBUTES, type BaselineRequest } from '../../../baseline/contract';
import { type AnyConstraints, overriddenConstraints } from '../../../baseline/handler/overridden-constraints';
import { objectIn } from '../../../core/contract';
import { FILES } from '../../../outcome/contract';
import { type CustomResourceOutcome, respond } from '../../../runtime/custom-resource';
import { Failure, reasonOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { s3Uri, writeJson } from '../../../runtime/s3';
import type { ConcludeEvent, Plan } from '../contract';
import { executionFailure } from './execution-failure';
import { analysisOf } from './kinds/analyses';
import { mergedPart } from './merged-part';
import { unreadableWords } from './window-analysis';

/** What a conclusion says it did. */
export interface BaselineResult {
  readonly status: 'SUCCESS' | 'FAILED';
}

/**
 * Concludes a baseline: writes statistics.json and constraints.json, overrides applied, and answers CloudFormation.
 *
 * Whatever goes wrong is answered with FAILED and its words, since CloudFormation waits for an hour otherwise; only an answer that
 * cannot be delivered throws.
 */
export async function concludeBaseline(event: ConcludeEvent, request: BaselineRequest): Promise<BaselineResult> {
  const outcome = await baselineOutcome(event, request);
  await respond(request.callback, outcome);
  const reason = outcome.status === 'FAILED' ? outcome.reason : undefined;
  log('baseline answered', { execution: event.execution, status: outcome.status, reason });
  return { status: outcome.status };
}

async function baselineOutcome(event: ConcludeEvent, request: BaselineRequest): Promise<CustomResourceOutcome> {
  const { plan, error, execution } = event;
  try {
    if (error)
      return { status: 'FAILED', reason: await executionFailure(error, { output: request.output, execution }) };
    if (!plan) throw new Failure('MalformedRequest', "the state has neither 'plan' nor 'error'");
    return { status: 'SUCCESS', data: await writeBaseline(request, execution, plan) };
  } catch (thrown) {
    return { status: 'FAILED', reason: reasonOf(thrown) };
  }
}

/** Writes the two files, constraints last, and returns their keys as the custom resource's attributes. */
async function writeBaseline(request: BaselineRequest, execution: string, plan: Plan): Promise<Record<string, string>> {
  const { output, dataset } = request;
  const analysis = analysisOf(request);
  const part = await mergedPart(analysis, { output, execution }, plan.itemCount);
  const counts = analysis.counts(part);
  if (counts.unreadableCount > 0) {
    throw new Failure(
      'UnreadableDataset',
      `the baseline would not stand for the whole of ${s3Uri(dataset)}: ${unreadableWords(counts)}; mend or remove them`,
    );
  }
  if (counts.recordCount === 0) {
    throw new Failure('EmptyDataset', `there is no record in ${s3Uri(dataset)}; a baseline needs at least one`);
  }
  const made = await analysis.baseline(part);
  if ('refusal' in made) throw new Failure('NotAnalysed', made.refusal);
  const files = { statistics: objectIn(output, FILES.statistics), constraints: objectIn(output, FILES.constraints) };
  const suggested = made.files[FILES.constraints] as AnyConstraints;
  await writeJson(files.statistics, made.files[FILES.statistics]);
  await writeJson(files.constraints, overriddenConstraints(suggested, request.overrides));
  return {
    [BASELINE_ATTRIBUTES.statisticsKey]: files.statistics.key,
    [BASELINE_ATTRIBUTES.constraintsKey]: files.constraints.key,
  };
}
