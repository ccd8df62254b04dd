import { NUMBER, requireProps } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';

/** Fewer windows are no trend. */
const FEWEST_WINDOWS = 5;
/** As many windows again are needed to know how much a model's quality wanders: reports remember 42. */
const MOST_WINDOWS = 21;

/**
 * Over how many windows the quality of a model may not fall, step by step, however far each window is from its threshold.
 *
 * Each report remembers the metrics of up to 42 windows with their errors. Where a line that is level before them, and falls over the last of them, is explained neither by
 * chance nor by how much windows differ anyway, the run has a violation `model_decay_check`: of the metrics by labels, and of those that the model's probabilities let
 * expect where a window has too few labels.
 *
 * @example
 * ModelDecay.overWindows(14);
 */
export class ModelDecay {
  /**
   * Looks at the last windows.
   *
   * @param windows how many, 5 to 21; those without data, or with fewer than 30 rows that have a label, do not count
   */
  public static overWindows(windows: number): ModelDecay {
    requireProps({ windows }, { windows: NUMBER });
    const isRight = Number.isInteger(windows) && windows >= FEWEST_WINDOWS && windows <= MOST_WINDOWS;
    const allowed = `a whole number of ${FEWEST_WINDOWS} to ${MOST_WINDOWS}`;
    throwIfAny('InvalidModelDecay', isRight ? [] : [{ prop: 'windows', got: windows, allowed }]);
    return new ModelDecay({ lastWindows: windows });
  }

  /** Windows are compared with thresholds alone. */
  public static notWatched(): ModelDecay {
    return new ModelDecay({ lastWindows: 0 });
  }

  private constructor(
    /** @internal */
    public readonly _settings: { readonly lastWindows: number },
  ) {}
}
