import { NUMBER, requireProps } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import type { AlertSettings } from '../outcome/contract';

/** More windows than a day of hours are no alert any more. */
const MOST_WINDOWS = 24;

/**
 * When a monitor's violations count: for its alarm, its message, and what they trigger. Until then its runs have the status `Watch`, and report and
 * event name what they found.
 *
 * Without a policy, a violation is confirmed when 2 of the last 3 windows with data have the same feature violating the same check, in one of them so that
 * chance does it less than twice in a million hours: windows that are like each other confirm chance, too. It is confirmed at once when chance does it less than once in a million, or has no part in it, as where a column is
 * missing. Of what Model Monitor's containers find, chance is not known: columns and types are confirmed at once, anything else by windows.
 */
export class AlertPolicy {
  /** Every violation counts at once. A window in a thousand has one by chance: with a thousand hourly monitors, that is one in each hour. */
  public static everyWindow(): AlertPolicy {
    return new AlertPolicy({ windows: 1, lastWindows: 1 });
  }

  /**
   * A violation counts when so many of the last windows have it, however likely chance does it in each of them.
   *
   * @param windows how many; 1 to `lastWindows`
   * @param lastWindows of so many windows that had data, the one that is judged included; at most 24. Runs of the last week are looked at, or three
   * for each window where that is more
   */
  public static confirmedIn(windows: number, lastWindows: number): AlertPolicy {
    requireProps({ windows, lastWindows }, { windows: NUMBER, lastWindows: NUMBER });
    throwIfAny('InvalidAlertPolicy', [
      ...rangeProblem('lastWindows', lastWindows, MOST_WINDOWS),
      ...rangeProblem('windows', windows, Math.min(lastWindows, MOST_WINDOWS)),
    ]);
    return new AlertPolicy({ windows, lastWindows });
  }

  private constructor(
    /** @internal */
    public readonly _settings: AlertSettings,
  ) {}
}

function rangeProblem(prop: string, got: number, most: number) {
  return Number.isInteger(got) && got >= 1 && got <= most
    ? []
    : [{ prop, got, allowed: `a whole number of 1 to ${most}` }];
}
