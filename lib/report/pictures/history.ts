import { counted, formatNumber } from '../figures';
import { html, type Markup } from '../html';
import { at, columns, picture } from '../svg';

/** What one window came to. */
export interface HistoryPoint {
  /** absent where nothing was compared */
  readonly value?: number;
  readonly isProblem: boolean;
}

/** The values of windows, the oldest first, and what they are held to. */
export interface History {
  readonly title: string;
  readonly points: readonly HistoryPoint[];
  readonly threshold?: number;
}

const WIDTH = 280;
const HEIGHT = 64;
/** Columns that there is room for at least: a few windows are no wall. */
const LEAST_COLUMNS = 14;

/** One column a window, in the colour of a problem where it was one, and the threshold as a line. */
export function historyPicture({ title, points, threshold }: History): Markup {
  const none = new Array<number>(Math.max(0, LEAST_COLUMNS - points.length)).fill(0); // the newest is always on the right
  const values = points.map(({ value }) => (value !== undefined && Number.isFinite(value) ? Math.abs(value) : 0));
  const most = Math.max(...values, (threshold ?? 0) * 1.4, Number.MIN_VALUE);
  const size = { width: WIDTH, height: HEIGHT };
  const heights = (isProblem: boolean) =>
    none.concat(points.map((point, index) => (point.isProblem === isProblem ? values[index] / most : 0)));
  const gap = Math.min(4, WIDTH / (none.length + points.length) / 4);
  const y = threshold === undefined ? undefined : at(HEIGHT - (threshold / most) * HEIGHT);
  const limit = y === undefined ? undefined : html`<path class="limit" d="M0 ${y}H${WIDTH}"/>`;
  return picture(
    { title, description: describe(points, threshold) },
    size,
    html`<path class="q" d="${columns(heights(false), size, gap)}"/><path class="p" d="${columns(heights(true), size, gap)}"/>${limit}`,
  );
}

function describe(points: readonly HistoryPoint[], threshold: number | undefined): string {
  const values = points.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const problems = points.filter(({ isProblem }) => isProblem).length;
  const newest = points[points.length - 1]?.value;
  return [
    counted(points.length, 'window'),
    newest === undefined ? 'the last one was not compared' : `the last one ${formatNumber(newest)}`,
    ...(values.length > 0 ? [`the highest ${formatNumber(Math.max(...values))}`] : []),
    ...(threshold === undefined ? [] : [`threshold ${formatNumber(threshold)}`]),
    `a problem in ${problems}`,
  ].join(', ');
}
