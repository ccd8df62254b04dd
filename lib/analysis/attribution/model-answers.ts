/** A value of a feature; the model decides what it means. */
export type FeatureValue = number | string | boolean | null;

/** One row: a value per feature. */
export type FeatureRow = readonly FeatureValue[];

/** Asks a model: an answer per row in the same order, each with one number per label. */
export type Predict = (rows: readonly FeatureRow[]) => Promise<readonly (readonly number[])[]>;

/** Turns the mean answer into what the attributions add up to: the answer itself, or ln(p / (1 - p)). */
export type Link = 'identity' | 'logit';

/** Why a model's answers cannot be explained. */
export interface AnswerProblem {
  readonly reason: 'answer-count' | 'label-count' | 'answer-not-finite' | 'no-log-odds';
  readonly detail: string;
}

/** Numbers per label, or why there are none. */
export type Answers = { readonly answers: number[][] } | { readonly problem: AnswerProblem };

/** A model and how to ask it. */
export interface Model {
  readonly predict: Predict;
  readonly link: Link;
  /** rows per call */
  readonly batchSize: number;
}

/**
 * Asks the model for groups of rows and gives each group's linked mean answer, per label. Rows go out in batches, one after the other. A group
 * without rows, or no groups, are no question. Answers of another number than rows, of different numbers of labels, that are not finite, or
 * whose mean has no finite log-odds where they are wanted, are a problem.
 */
export async function askModel(model: Model, groups: readonly (readonly FeatureRow[])[]): Promise<Answers> {
  const rows = groups.flat();
  const answers: (readonly number[])[] = [];
  for (let from = 0; from < rows.length; from += model.batchSize) {
    const batch = rows.slice(from, from + model.batchSize);
    const answered = await model.predict(batch);
    const found = answerProblem(batch.length, answered, answers[0]);
    if (found) return { problem: found };
    answers.push(...answered);
  }
  return linkedMeans(groups, answers, model.link);
}

function answerProblem(
  rowCount: number,
  answered: readonly (readonly number[])[],
  first: readonly number[] = answered[0] ?? [],
): AnswerProblem | undefined {
  if (answered.length !== rowCount) {
    return { reason: 'answer-count', detail: `the model gave ${answered.length} answers to ${rowCount} rows` };
  }
  const other = answered.find((answer) => answer.length !== first.length || answer.length === 0);
  if (other) return { reason: 'label-count', detail: `answers have ${first.length} and ${other.length} numbers` };
  const value = answered.flat().find((each) => !Number.isFinite(each));
  return value === undefined ? undefined : { reason: 'answer-not-finite', detail: `the model answered ${value}` };
}

function linkedMeans(
  groups: readonly (readonly FeatureRow[])[],
  answers: readonly (readonly number[])[],
  link: Link,
): Answers {
  let at = 0;
  const means = groups.map((group) => {
    const own = answers.slice(at, at + group.length);
    at += group.length;
    return own[0].map((_, label) => own.reduce((sum, answer) => sum + answer[label], 0) / own.length);
  });
  if (link === 'identity') return { answers: means };
  const outside = means.flat().find((mean) => mean <= 0 || mean >= 1);
  if (outside === undefined) return { answers: means.map((mean) => mean.map((p) => Math.log(p / (1 - p)))) };
  const detail = `a mean answer is ${outside <= 0 ? '0 or less' : '1 or more'}, which has no finite log-odds: use the link identity, or a model that answers between 0 and 1`;
  return { problem: { reason: 'no-log-odds', detail } };
}
