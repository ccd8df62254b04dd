import type { Agreement, ComparedPredictions, TestedRows } from '../comparison';
import { intervalFigure, shareFigure } from '../numbers/interval-figure';
import { MeanDifference } from '../numbers/mean-difference';
import { chiSquaredSurvival } from '../numbers/tail-probabilities';
import { GroupedWindow } from '../sequential/grouped-window';
import { type Outcome, positiveLabel, type QualityProblem } from './problem';

type Side = 'reference' | 'candidate';

/** What two variants predict, and what they say of the same requests. */
export class PredictionComparison {
  private readonly means: MeanDifference;
  private readonly labels: { readonly [side in Side]: Map<string, number> } = {
    reference: new Map(),
    candidate: new Map(),
  };
  private readonly differences = new MeanDifference();
  private readonly distances = new MeanDifference();
  private readonly added = { reference: 0, candidate: 0 };
  private readonly predicted = new GroupedWindow();
  private readonly apart = new GroupedWindow();
  private sharedRows = 0;
  private agreeing = 0;

  constructor(private readonly problem: QualityProblem) {
    this.means = new MeanDifference(problem.type === 'BinaryClassification');
  }

  /** Takes what one of the two said of a row, whose request is of a group. */
  add(side: Side, said: Outcome, group: number): void {
    const { labels, problem } = this;
    this.added[side] += 1;
    if (problem.type === 'MulticlassClassification')
      labels[side].set(String(said), (labels[side].get(String(said)) ?? 0) + 1);
    else {
      this.means.add(side, this.number(said));
      this.predicted[side].add(group, this.number(said));
    }
  }

  /** Takes what both said of a row, each of which was added. */
  pair(reference: Outcome, candidate: Outcome, group: number): void {
    this.sharedRows += 1;
    if (reference === candidate) this.agreeing += 1;
    this.apart.reference.add(group, 0);
    this.apart.candidate.add(group, this.distance(reference, candidate));
    if (this.problem.type === 'MulticlassClassification') return;
    const [one, other] = [this.number(reference), this.number(candidate)];
    this.means.pair(one, other);
    this.differences.add('candidate', other - one);
    this.distances.add('candidate', Math.abs(other - one));
  }

  /** What they predict; undefined where one of the two predicts nothing. */
  get predictions(): ComparedPredictions | undefined {
    const { problem, means } = this;
    if (problem.type === 'MulticlassClassification') return this.labelsApart();
    const [reference, candidate] = [means.mean('reference'), means.mean('candidate')];
    const difference = intervalFigure(means.difference);
    if (Number.isNaN(difference.low)) return undefined;
    const measure = problem.type === 'Regression' ? 'mean' : 'positiveShare';
    return { measure, figure: { reference, candidate, difference } };
  }

  /** What they say of the same requests, of which there are so many; undefined where there are none. */
  agreement(requests: number): Agreement | undefined {
    const { sharedRows: rows, agreeing } = this;
    if (rows === 0) return undefined;
    if (this.problem.type !== 'Regression') return { requests, rows, agreeing, share: shareFigure(agreeing, rows) };
    const mean = (of: MeanDifference) => intervalFigure([of.mean('candidate'), Math.sqrt(of.variance('candidate'))]);
    return { requests, rows, meanDifference: mean(this.differences), meanDistance: mean(this.distances) };
  }

  /** What tests of more windows than one are made of, whatever turned out; of several labels no mean is. */
  get tested(): readonly TestedRows[] {
    const apart: TestedRows = { metric: 'disagreement', rows: this.apart };
    if (this.problem.type === 'MulticlassClassification') return [apart];
    return [{ metric: 'predictions', rows: this.predicted }, apart];
  }

  /** Rows that were added of each. */
  get rows(): { readonly reference: number; readonly candidate: number } {
    return { ...this.added };
  }

  /** How far two answers are apart: of labels 1 where they are others. */
  private distance(reference: Outcome, candidate: Outcome): number {
    if (this.problem.type !== 'Regression') return reference === candidate ? 0 : 1;
    return Math.abs(this.number(candidate) - this.number(reference));
  }

  private number(said: Outcome): number {
    if (typeof said === 'number') return said;
    return said === positiveLabel(this.problem) ? 1 : 0;
  }

  private labelsApart(): ComparedPredictions | undefined {
    const { reference, candidate } = this.labels;
    const [one, other] = [total(reference), total(candidate)];
    if (one === 0 || other === 0) return undefined;
    const names = [...new Set([...reference.keys(), ...candidate.keys()])];
    const counts = names.map((name) => [reference.get(name) ?? 0, candidate.get(name) ?? 0] as const);
    const distance = counts.reduce((sum, [a, b]) => sum + Math.abs(a / one - b / other), 0) / 2;
    return { measure: 'labels', distance, ...(this.sharedRows === 0 && { pValue: chanceOf(counts, one, other) }) };
  }
}

const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);

/**
 * How likely two samples of one distribution are so far apart; 1 of a single label.
 *
 * @see https://en.wikipedia.org/wiki/Chi-squared_test
 */
function chanceOf(counts: readonly (readonly [number, number])[], one: number, other: number): number {
  if (counts.length < 2) return 1;
  const statistic = counts.reduce(
    (sum, [a, b]) => sum + (a * Math.sqrt(other / one) - b * Math.sqrt(one / other)) ** 2 / (a + b),
    0,
  );
  return chiSquaredSurvival(statistic, counts.length - 1);
}
