import type { QualityFigures, WindowQuality } from '../../port';
import { MIN_JUDGED_ROWS } from '../least-rows';
import type {
  EstimatedQualityFile,
  ModelQualityConstraints,
  QualityConstraintTable,
  QualitySampling,
} from '../schemas';

/** The metrics that are remembered of windows: all others follow from these. */
const REMEMBERED = [
  'accuracy',
  'precision',
  'recall',
  'true_negative_rate',
  'f1',
  'auc',
  'weighted_precision',
  'weighted_f1',
  'mae',
  'rmse',
  'r2',
];

/** More digits than chance leaves of any window: reports carry these of many. */
const DIGITS = 6;

/** What of a window is remembered by those after it: metrics of which its baseline has a constraint. Of fewer than 30 rows with a label, none by these. */
export function windowQuality(
  constraints: ModelQualityConstraints,
  sampling: QualitySampling | undefined,
  estimated: EstimatedQualityFile | undefined,
): WindowQuality {
  const asked = askedOf(constraints);
  const isJudged = sampling !== undefined && sampling.rows >= MIN_JUDGED_ROWS;
  return {
    ...(isJudged && { realized: remembered(sampling.estimates, asked) }),
    ...(estimated && { estimated: remembered(estimated.estimates, asked) }),
  };
}

function askedOf(constraints: ModelQualityConstraints): QualityConstraintTable {
  const { regression_constraints, binary_classification_constraints, multiclass_classification_constraints } =
    constraints;
  return regression_constraints ?? binary_classification_constraints ?? multiclass_classification_constraints ?? {};
}

function remembered(figures: QualityFigures, asked: QualityConstraintTable): QualityFigures {
  const names = REMEMBERED.filter((name) => Object.hasOwn(figures, name) && Object.hasOwn(asked, name));
  return Object.fromEntries(names.map((name) => [name, [short(figures[name][0]), short(figures[name][1])] as const]));
}

const short = (figure: number): number => Number(figure.toPrecision(DIGITS));
