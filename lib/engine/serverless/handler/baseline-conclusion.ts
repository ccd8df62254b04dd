import { type AnalysisFiles, type DatasetJudgement, type Judging, listed, TEXT_STATISTICS } from '../../../analysis';
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
import { readJsonIfExists, s3Uri, writeJson } from '../../../runtime/s3';
import type { ConcludeEvent, Plan } from '../contract';
import { answerLocation } from '../plan-items';
import { executionFailure } from './execution-failure';
import { unreadableWords } from './judged-parts';
import { analysisOf } from './kinds/analyses';
import { mergedPart } from './merged-part';
import { ownViolations } from './own-violations';
import { windowParts } from './window-parts';

/** Concludes a baseline: writes statistics.json and constraints.json, overrides applied, and answers CloudFormation. */
export async function concludeBaseline(event: ConcludeEvent, request: BaselineRequest): Promise<Answer> {
  return answer(request.callback, () => baselineOutcome(event, request));
}

/**
 * What is made stays made: the answer is noted before it is given, and given again where the machine goes on to a failure because this function could not
 * deliver it, or ended.
 */
async function baselineOutcome(event: ConcludeEvent, request: BaselineRequest): Promise<CustomResourceOutcome> {
  const { plan, error, execution } = event;
  const work = { output: request.output, execution };
  const answered = answerLocation(work);
  if (error) {
    const made = await readJsonIfExists<CustomResourceOutcome>(answered);
    return made ?? { status: 'FAILED', reason: await executionFailure(error, event) };
  }
  if (!plan) throw malformedRequest("the state has neither 'plan' nor 'error'");
  const outcome = { status: 'SUCCESS', data: await writeBaseline(request, execution, plan) } as const;
  await writeJson(answered, outcome);
  return outcome;
}

/** Fails for a dataset that is something else than it was taken for, and returns what is good to know of it. */
function requireUsable(dataset: ObjectLocation, judgement: DatasetJudgement = { notes: [] }): readonly string[] {
  if (judgement.problem === undefined) return judgement.notes;
  throw new Failure('UnusableDataset', `of ${s3Uri(dataset)}, ${judgement.problem}`);
}

/** Writes the files, and beside them what is kept of text and what is good to know, constraints last, and returns their keys as the custom resource's attributes. */
async function writeBaseline(request: BaselineRequest, execution: string, plan: Plan): Promise<Record<string, string>> {
  const { output, dataset, onlyFile: constraintsFile = FILES.constraints } = request;
  const analysis = analysisOf(request);
  const part = await mergedPart(analysis, await windowParts(request, { output, execution }, plan.itemCount));
  const notes = requireUsable(dataset, analysis.judgedDataset?.(part));
  const counts = analysis.counts(part);
  if (counts.unreadableCount > 0) {
    throw new Failure(
      'UnreadableDataset',
      `the baseline would not stand for the whole of ${s3Uri(dataset)}: ${unreadableWords(counts, true)}; mend or remove them`,
    );
  }
  if (counts.recordCount === 0) {
    throw new Failure('EmptyDataset', `there is no record in ${s3Uri(dataset)}; a baseline needs at least one`);
  }
  const made = await analysis.baseline(part);
  if ('refusal' in made) throw new Failure('NotAnalysed', made.refusal);
  const files = { statistics: objectIn(output, FILES.statistics), constraints: objectIn(output, constraintsFile) };
  const { [FILES.statistics]: statistics } = made.files;
  const constraints = overriddenConstraints(made.files[constraintsFile] as AnyConstraints, request.overrides);
  const baseline = { ...made.files, [constraintsFile]: constraints };
  const problem = analysis.baselineProblem?.(baseline);
  if (problem !== undefined) throw new Failure('UnusableBaseline', problem);
  await requireOwn(analysis, part, { dataset, suggested: made.files });
  if (statistics) await writeJson(files.statistics, statistics);
  const text = made.files[TEXT_STATISTICS];
  if (text) await writeJson(objectIn(output, TEXT_STATISTICS), text);
  const stricter = request.overrides ? overridesNotes(await ownViolations(analysis, part, baseline)) : [];
  await writeNotes(request, [...notes, ...(analysis.baselineNotes?.(baseline) ?? []), ...stricter]);
  await writeJson(files.constraints, constraints);
  return {
    ...(statistics && { [BASELINE_ATTRIBUTES.statisticsKey]: files.statistics.key }),
    [BASELINE_ATTRIBUTES.constraintsKey]: files.constraints.key,
  };
}

interface SuggestedBaseline {
  readonly dataset: ObjectLocation;
  readonly suggested: AnalysisFiles;
}

/** Fails where a dataset violates what it suggests: each run would tell it again, of data in which nothing changed. */
async function requireOwn<Part>(analysis: Judging<Part>, part: Part, { dataset, suggested }: SuggestedBaseline) {
  const own = await ownViolations(analysis, part, suggested);
  if (own.length === 0) return;
  const where = `the records of ${s3Uri(dataset)} violate what is suggested of them`;
  throw new Failure('UnusableBaseline', `${where}: ${listed('constraint', own)}; please report it`);
}

/** What is asked for beyond what is suggested may be meant so: the first run tells it again. */
const overridesNotes = (own: readonly string[]) =>
  own.length > 0
    ? [`the dataset itself violates what overrides ask for, and so will data like it: ${listed('constraint', own)}`]
    : [];

async function writeNotes({ output, dataset }: BaselineRequest, notes: readonly string[]): Promise<void> {
  const file = objectIn(output, BASELINE_NOTES);
  const content: BaselineNotes = { version: '1', dataset: s3Uri(dataset), notes };
  await writeJson(file, content);
  if (notes.length > 0) log('good to know of the baseline', { file: s3Uri(file), ...content });
}
