import type { Distribution } from '../distribution';
import { html, type Markup, shorten } from '../html';
import { columns, picture, steps } from '../svg';

const SIZE = { width: 96, height: 28 };
/** Characters of a name in the title of a picture. */
const NAME = 60;

/** The small picture of a row: what the baseline has as columns, and the window as a line over them. */
export function pairOfHistograms(feature: string, distribution: Distribution): Markup {
  const most = Math.max(...distribution.flatMap(({ baseline, current }) => [baseline, current])) * 1.05;
  const heights = (side: 'baseline' | 'current') => distribution.map((group) => group[side] / most);
  const title = `${shorten(feature, NAME)}: baseline and window`;
  return picture(
    { title },
    SIZE,
    html`<path class="b" d="${columns(heights('baseline'), SIZE)}"/><path class="c" d="${steps(heights('current'), SIZE)}"/>`,
  );
}
