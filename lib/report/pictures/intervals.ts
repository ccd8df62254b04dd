import { html, type Markup } from '../html';
import { at, picture } from '../svg';

/** A value, and how far chance may put it off on either side. */
export interface Interval {
  readonly value: number;
  /** 0 where it is not known */
  readonly half: number;
}

const SIZE = { width: 220, height: 22 };

/** What is compared, and where fairness is. */
export interface Intervals {
  readonly title: string;
  readonly fair: number;
  readonly before?: Interval;
  readonly now: Interval;
}

/** A value of the baseline above one of the window, each with its interval, on both sides of fairness as far as they go. */
export function intervalsPicture({ title, fair, before, now }: Intervals): Markup {
  const reach = [before, now].flatMap((each) => (each ? [Math.abs(each.value - fair) + each.half] : []));
  const most = Math.max(...reach, 1e-9) * 1.1;
  const x = (value: number) => at(((Math.max(-most, Math.min(most, value - fair)) + most) / (2 * most)) * SIZE.width);
  const whisker = (kind: string, y: number, { value, half }: Interval) =>
    html`<path class="w${kind}" d="M${x(value - half)} ${y}H${x(value + half)}"/><circle class="${kind}" cx="${x(value)}" cy="${y}" r="3.5"/>`;
  return picture(
    { title },
    SIZE,
    html`<path class="guess" d="M${SIZE.width / 2} 0V${SIZE.height}"/>${before && whisker('b', 6, before)}${whisker('c', 16, now)}`,
  );
}
