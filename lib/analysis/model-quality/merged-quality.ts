import { AllMetLabels, joinRequests, type PairSink } from '../labels/label-join';
import { NumberColumn } from '../labels/number-column';
import type { LabelCounts } from '../reading/label-counts';
import { defectsAsUnreadable, type Unreadable } from '../reading/unreadable';
import { LabelledScores } from './estimation/calibration';
import { LabelledClasses } from './estimation/class-calibration';
import { classStepsOf, WindowClasses } from './estimation/window-classes';
import { PREDICTED_NEGATIVE, PREDICTED_POSITIVE, WindowScores } from './estimation/window-scores';
import { MetRows } from './met-rows';
import { classesOf, positiveLabel, type QualityProblem } from './problem';
import { QualityProfile } from './quality-profile';
import type { BaselineCalibration } from './schemas';
import type { ScoredRecords } from './scored-records';

/** The merged rows, and what could not be merged. */
export interface MergedQuality {
  /** refused, so without metrics, when not all could be held */
  readonly profile: QualityProfile;
  readonly counts: LabelCounts;
  /** lines of either kind that could not be read; `recordCount` are the rows of `profile` */
  readonly unreadable: Unreadable;
  /** of a binary classification with probabilities: from which its quality is estimated */
  readonly scores?: WindowScores;
  /** the same of a classification by several labels with the probability of each */
  readonly classScores?: WindowClasses;
}

/** The rows of a dataset, which have their labels beside them. */
export interface PairedQuality extends Pick<MergedQuality, 'profile' | 'unreadable'> {
  /** of a binary classification with probabilities: from which they are calibrated */
  readonly labelled?: LabelledScores | LabelledClasses;
}

/** Brings predictions together with their labels: of several with the same identifier the one that was read last counts. */
export function joinLabels(
  records: ScoredRecords,
  problem: QualityProblem,
  calibration?: BaselineCalibration,
): MergedQuality {
  const meeting = new QualityMeeting(problem, calibration);
  meeting.add(records);
  return meeting.merged(records);
}

/** Brings predictions together with their labels, all at once or those of some identifiers at a time. */
export class QualityMeeting {
  private readonly profile: QualityProfile;
  private readonly met = new AllMetLabels();
  private readonly scores = new WindowScores();
  private readonly classScores?: WindowClasses;

  /** @param calibration of the baseline: how the probabilities of several labels are read */
  constructor(
    private readonly problem: QualityProblem,
    calibration?: BaselineCalibration,
  ) {
    this.profile = new QualityProfile(problem);
    const labels = classesOf(problem);
    if (labels.length > 0) this.classScores = new WindowClasses(labels, calibration);
  }

  /** Lets all meet that have some identifiers. */
  add(records: ScoredRecords): void {
    const { all, labelled } = this.scores;
    const isPositive = positives(records, this.problem);
    const scores = this.problem.type === 'BinaryClassification' ? records.predictions.scores : NO_SCORES;
    const group = (row: number) => (isPositive(row) ? PREDICTED_POSITIVE : PREDICTED_NEGATIVE);
    for (let row = 0; row < scores.length; row += 1) all.add(scores.values[row], group(row));
    this.classScores?.addAll(records);
    const rows = new MetRows(records, this.profile, this.problem);
    const take: PairSink = (prediction, label) => {
      rows.add(prediction, label);
      if (scores.length > 0) labelled.add(scores.values[prediction], group(prediction));
      this.classScores?.addLabelled(records, prediction, label);
    };
    this.met.add(joinRequests(records, take));
    rows.finish();
  }

  /** What all come to, whose files and defects are those of some records. */
  merged({ refusal, defects, outsideWindow, filtered }: ScoredRecords): MergedQuality {
    const { profile, met } = this;
    if (refusal !== undefined) profile.refuse(refusal);
    const read = { recordCount: profile.itemCount, outsideWindow, filtered };
    const scores = this.scores.all.rowCount === 0 ? undefined : this.scores;
    const classScores = this.classScores?.all.rowCount === 0 ? undefined : this.classScores;
    return {
      profile,
      scores,
      classScores,
      counts: met.counts,
      unreadable: defectsAsUnreadable(met.withDefects(defects), read),
    };
  }
}

/** Only those of a binary classification are of one label. */
const NO_SCORES = new NumberColumn();

/** The rows of a part that have their labels beside them. */
export function pairedRows(records: ScoredRecords, problem: QualityProblem): PairedQuality {
  const profile = profileFor(records, problem);
  const rows = new MetRows(records, profile, problem);
  for (let row = 0; row < records.labels.actual.length; row += 1) rows.add(row, row);
  rows.finish();
  const unreadable = defectsAsUnreadable(records.defects, { recordCount: profile.itemCount });
  return { profile, unreadable, labelled: labelledScores(records, problem) };
}

function labelledScores(records: ScoredRecords, problem: QualityProblem) {
  const { predictions, labels, outcomes } = records;
  const classes = classesOf(problem);
  if (classes.length > 0) return labelledClasses(records, classes);
  if (predictions.scores.length === 0 || problem.type !== 'BinaryClassification') return undefined;
  const positive = positiveLabel(problem);
  const labelled = new LabelledScores();
  for (const [row, score] of predictions.scores.all.entries()) {
    labelled.add(score, outcomes.outcome(labels.actual.values[row]) === positive);
  }
  return labelled;
}

function labelledClasses(records: ScoredRecords, classes: readonly string[]): LabelledClasses {
  const labelled = new LabelledClasses(classes);
  const { labels, outcomes } = records;
  for (const [row, code] of labels.actual.all.entries())
    labelled.add(classStepsOf(records, row), String(outcomes.outcome(code)));
  return labelled;
}

/** Tells of each row whether the model predicts the positive label. */
function positives({ predictions, outcomes }: ScoredRecords, problem: QualityProblem): (row: number) => boolean {
  const positive = outcomes.texts.indexOf(positiveLabel(problem));
  return (row) => predictions.predicted.values[row] === positive;
}

function profileFor({ refusal }: ScoredRecords, problem: QualityProblem): QualityProfile {
  const profile = new QualityProfile(problem);
  if (refusal !== undefined) profile.refuse(refusal);
  return profile;
}
