import type { ComparedAnswers, ComparedMetric, ComparedQuality, TestedRows } from '../comparison';
import { intervalFigure } from '../numbers/interval-figure';
import { MeanDifference } from '../numbers/mean-difference';
import type { NotEvaluated } from '../port';
import { GroupedWindow } from '../sequential/grouped-window';
import { BinaryTally } from './binary';
import { JointCells } from './joint-cells';
import { MIN_JUDGED_ROWS } from './least-rows';
import type { QualityProblem, QualityRow } from './problem';
import { QualityProfile } from './quality-profile';

/** Of two variants. */
export type Side = 'reference' | 'candidate';

/** What of a row metrics are the mean, by their names. */
const LOSSES: { readonly [metric: string]: (row: QualityRow) => number } = {
  accuracy: ({ predicted, actual }) => (predicted === actual ? 1 : 0),
  mae: (row) => Math.abs(errorOf(row)),
  mse: (row) => errorOf(row) ** 2,
};

const errorOf = ({ predicted, actual }: QualityRow) => Number(predicted) - Number(actual);

/** What is compared, and what cannot be. */
export interface QualityDifference {
  readonly quality?: ComparedQuality;
  /** however few rows there are */
  readonly tested: TestedRows;
  readonly notCompared: NotEvaluated[];
}

/** What two variants are worth by labels, and how far chance puts their difference off: of rows that both have answered it is less. */
export class QualityComparison {
  private readonly profiles: { readonly [side in Side]: QualityProfile };
  private readonly losses = new Map(Object.keys(LOSSES).map((name) => [name, new MeanDifference()]));
  private readonly cells: JointCells;
  private readonly answers = { bothRight: 0, onlyReferenceRight: 0, onlyCandidateRight: 0, neitherRight: 0 };
  private readonly rows = new GroupedWindow();
  private readonly tested: TestedRows & { readonly metric: 'accuracy' | 'mae' };
  private shared = 0;

  constructor(private readonly problem: QualityProblem) {
    this.tested = { metric: problem.type === 'Regression' ? 'mae' : 'accuracy', rows: this.rows };
    this.profiles = { reference: new QualityProfile(problem), candidate: new QualityProfile(problem) };
    this.cells = new JointCells(problem);
  }

  /** Takes a row of one of the two, whose request is of a group. */
  add(side: Side, row: QualityRow, group: number): void {
    this.profiles[side].addSampled(row, ALL_ROWS);
    for (const [name, means] of this.losses) means.add(side, LOSSES[name](row));
    this.rows[side].add(group, LOSSES[this.tested.metric](row));
  }

  /** Takes a row of both, each of which was added. */
  pair(reference: QualityRow, candidate: QualityRow): void {
    this.shared += 1;
    for (const [name, means] of this.losses) means.pair(LOSSES[name](reference), LOSSES[name](candidate));
    this.cells.add(reference, candidate);
    this.answers[answered(reference, candidate)] += 1;
  }

  /** What they are worth; nothing is said where one of the two has no label. */
  compared(): QualityDifference {
    const { reference, candidate } = this.profiles;
    const rows = { reference: reference.itemCount, candidate: candidate.itemCount, shared: this.shared };
    const fewest = Math.min(rows.reference, rows.candidate);
    const { tested } = this;
    if (fewest === 0) return { tested, notCompared: [] };
    const few =
      fewest < MIN_JUDGED_ROWS ? `a variant has ${fewest} rows with a label, and needs ${MIN_JUDGED_ROWS}` : undefined;
    const reason = few ?? reference.refusal() ?? candidate.refusal();
    if (reason !== undefined) return { tested, notCompared: [notCompared('', reason)] };
    const { metrics, unknown } = this.metrics();
    const answers = this.problem.type === 'Regression' || this.shared === 0 ? undefined : this.answers;
    return { quality: { rows, metrics, answers }, tested, notCompared: unknown };
  }

  private metrics(): { readonly metrics: ComparedMetric[]; readonly unknown: NotEvaluated[] } {
    const [one, other] = [this.profiles.reference, this.profiles.candidate].map(({ tally }) => ({
      values: tally.metrics(0, 'deequ-2.0'),
      errors: tally.standardErrors(),
    }));
    const metrics: ComparedMetric[] = [];
    const unknown: NotEvaluated[] = [];
    for (const [metric, error] of one.errors) {
      const [reference, candidate] = [one, other].map(({ values }) => values.get(metric) ?? Number.NaN);
      const covariance = this.shared === 0 ? 0 : this.covariance(metric, [reference, candidate]);
      const variance = error ** 2 + (other.errors.get(metric) ?? Number.NaN) ** 2 - 2 * covariance;
      const difference = intervalFigure([candidate - reference, Math.sqrt(Math.max(0, variance))]);
      if (Number.isFinite(difference.low)) metrics.push({ metric, reference, candidate, difference });
      else unknown.push(notCompared(metric, this.shared > 0 ? OF_SHARED_ROWS : UNDEFINED));
    }
    return { metrics, unknown };
  }

  /** What a metric of both has in common by the rows of both; NaN where that is not known. */
  private covariance(metric: string, [reference, candidate]: readonly [number, number]): number {
    const [one, other] = [this.profiles.reference.tally, this.profiles.candidate.tally];
    if (one instanceof BinaryTally && other instanceof BinaryTally) return this.cells.covariance(metric, one, other);
    if (metric === 'rmse') return this.meanCovariance('mse') / (4 * reference * candidate);
    return this.meanCovariance(metric);
  }

  private meanCovariance(metric: string): number {
    return this.losses.get(metric)?.covariance ?? Number.NaN;
  }
}

/** The samples for standard deviations, which are of no use here: none but that of all rows. */
const ALL_ROWS = 1;

const OF_SHARED_ROWS = 'how far chance puts this difference off is not known of rows that both variants have answered';
const UNDEFINED = 'the rows of a variant do not define it';

const notCompared = (feature: string, reason: string): NotEvaluated => ({ feature, check: 'quality', reason });

function answered(reference: QualityRow, candidate: QualityRow): keyof ComparedAnswers {
  const [one, other] = [reference, candidate].map(({ predicted, actual }) => predicted === actual);
  if (one) return other ? 'bothRight' : 'onlyReferenceRight';
  return other ? 'onlyCandidateRight' : 'neitherRight';
}
