import { type DatasetJudgement, TEXT_STATISTICS } from '../../../analysis';
import {
  BASELINE_ATTRIBUTES,
  BASELINE_NOTES,
  type BaselineNotes,
  type BaselineRequest,
} from '../../../baseline/contract';
import { type AnyConstraints, overriddenConstraints } from '../../../baseline/handler/overridden-constraints';
import { type ObjectLocation, objectIn } from '../../../core/contract';
import { FILES } from '../../../outcome/contract';
import { type Answer, answer, type CustomResourceOutcome } from '../../../runtime/custom-resource';
import { Failure, malformedRequest } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { s3Uri, writeJson } from '../../../runtime/s3';
import type { ConcludeEvent, Plan } from '../contract';
import { executionFailure } from './execution-failure';
import { analysisOf } from './kinds/analyses';
import { mergedPart } from './merged-part';
import { unreadableWords } from './window-analysis';

/** Concludes a baseline: writes statistics.json and constraints.json, overrides applied, and answers CloudFormation. */
export async function concludeBaseline(event: ConcludeEvent, request: BaselineRequest): Promise<Answer> {
  return answer(request.callback, () => baselineOutcome(event, request));
}

async function baselineOutcome(event: ConcludeEvent, request: BaselineRequest): Promise<CustomResourceOutcome> {
  const { plan, error, execution } = event;
  if (error) return { status: 'FAILED', reason: await executionFailure(error, { output: request.output, execution }) };
  if (!plan) throw malformedRequest("the state has neither 'plan' nor 'error'");
  return { status: 'SUCCESS', data: await writeBaseline(request, execution, plan) };
}

/** Fails for a dataset that is something else than it was taken for, and returns what is good to know of it. */
function requireUsable(dataset: ObjectLocation, judgement: DatasetJudgement = { notes: [] }): readonly string[] {
  if (judgement.problem === undefined) return judgement.notes;
  throw new Failure('UnusableDataset', `of ${s3Uri(dataset)}, ${judgement.problem}`);
}

/** Writes the two files, and beside them what is kept of text and what is good to know, constraints last, and returns their keys as the custom resource's attributes. */
async function writeBaseline(request: BaselineRequest, execution: string, plan: Plan): Promise<Record<string, string>> {
  const { output, dataset } = request;
  const analysis = analysisOf(request);
  const part = await mergedPart(analysis, { output, execution }, plan.itemCount);
  const notes = requireUsable(dataset, analysis.judgedDataset?.(part));
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
  const statistics = made.files[FILES.statistics];
  const constraints = overriddenConstraints(made.files[FILES.constraints] as AnyConstraints, request.overrides);
  const baseline = { ...made.files, [FILES.statistics]: statistics, [FILES.constraints]: constraints };
  const problem = analysis.baselineProblem?.(baseline);
  if (problem !== undefined) throw new Failure('UnusableBaseline', problem);
  await writeJson(files.statistics, statistics);
  const text = made.files[TEXT_STATISTICS];
  if (text) await writeJson(objectIn(output, TEXT_STATISTICS), text);
  await writeNotes(request, [...notes, ...(analysis.baselineNotes?.(baseline) ?? [])]);
  await writeJson(files.constraints, constraints);
  return {
    [BASELINE_ATTRIBUTES.statisticsKey]: files.statistics.key,
    [BASELINE_ATTRIBUTES.constraintsKey]: files.constraints.key,
  };
}

async function writeNotes({ output, dataset }: BaselineRequest, notes: readonly string[]): Promise<void> {
  const file = objectIn(output, BASELINE_NOTES);
  const content: BaselineNotes = { version: '1', dataset: s3Uri(dataset), notes };
  await writeJson(file, content);
  if (notes.length > 0) log('good to know of the baseline', { file: s3Uri(file), ...content });
}
