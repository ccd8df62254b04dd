import type { FigureInterval } from '../../outcome/comparison/contract';
import { counted, formatNumber } from '../figures';
import { html, type Markup } from '../html';
import { at, line, picture } from '../svg';

/** A difference as it was known with so many windows. */
export interface CoursePoint {
  readonly windows: number;
  readonly difference: FigureInterval;
}

/** How the difference of a metric became known, the first windows first, and what it is held to. */
export interface Course {
  readonly metric: string;
  readonly points: readonly CoursePoint[];
  readonly leastEffect?: number;
}

const SIZE = { width: 280, height: 110 };
/** Of the least effect, or of what is known now: what is drawn beyond is cut, as the first windows know next to nothing. */
const ROOM = 4;

/** The sequence with its band, which has the truth at all times at once; dashed lines are no difference and what matters. */
export function testCoursePicture({ metric, points, leastEffect = 0 }: Course): Markup {
  const last = points[points.length - 1];
  const { low, high } = last.difference;
  const most = Math.max(ROOM * leastEffect, 2 * Math.max(Math.abs(low), Math.abs(high)), Number.MIN_VALUE);
  const x = ({ windows }: CoursePoint) => (windows / last.windows) * SIZE.width;
  const y = (value: number) => SIZE.height / 2 - (Math.max(-1, Math.min(1, value / most)) * (SIZE.height - 8)) / 2;
  const edge = (of: keyof FigureInterval) => points.map((point) => [x(point), y(point.difference[of])] as const);
  const level = (value: number) => `M0 ${at(y(value))}H${SIZE.width}`;
  const band = `${line([...edge('low'), ...edge('high').reverse()])}z`;
  const matters = leastEffect > 0 ? level(leastEffect) + level(-leastEffect) : '';
  return picture(
    { title: `${metric}: difference over ${counted(last.windows, 'window')}`, description: describe(points) },
    SIZE,
    html`<path class="b" d="${band}"/><path class="guess" d="${matters}"/><path class="limit" d="${level(0)}"/><path class="rc" d="${line(edge('value'))}"/>`,
  );
}

function describe(points: readonly CoursePoint[]): string {
  const said = ({ windows, difference: { value, low, high } }: CoursePoint) =>
    `after ${counted(windows, 'window')} ${formatNumber(value)}, between ${formatNumber(low)} and ${formatNumber(high)}`;
  const [first, last] = [points[0], points[points.length - 1]];
  return first === last ? said(last) : `${said(first)}; ${said(last)}`;
}
