import { formatNumber, formatPercent } from '../figures';
import { html, type Markup } from '../html';
import { at, line, picture } from '../svg';

/** A false positive rate, and the true positive rate that comes with it. */
export type RocPoint = readonly [falsePositives: number, truePositives: number];

const SIDE = 240;
/** Room around the square, so that a point on its edge is whole. */
const MARGIN = 8;
/** The points of a curve, in order, and what is known of the area under it: files may have fewer points than the area was taken of. */
export interface RocCurve {
  readonly points: readonly RocPoint[];
  readonly area?: number;
}

/** Points that are drawn of a curve: more are closer than the line is wide. */
const MOST_POINTS = 120;

/** Where the model answers from, by the labels it gave; undefined where one of both rates is not known. */
export function operatingPoint(falsePositives: unknown, truePositives: unknown): RocPoint | undefined {
  const [x, y] = [falsePositives, truePositives].map((metric) => (metric as { value?: unknown } | undefined)?.value);
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : undefined;
}

/** The curve of the window over that of the baseline, the line of guessing, and the point at which the model works. */
export function rocPicture(curve: RocCurve, before: RocCurve | undefined, point: RocPoint | undefined): Markup {
  const size = { width: SIDE + 2 * MARGIN, height: SIDE + 2 * MARGIN };
  const place = ([x, y]: RocPoint) => [MARGIN + x * SIDE, MARGIN + (1 - y) * SIDE] as const;
  const path = (points: readonly RocPoint[]) => line(thinned(points).map(place));
  const [x, y] = point ? place(point) : [0, 0];
  const where =
    point &&
    `${formatPercent(point[1])} of the positives found, ${formatPercent(point[0])} of the negatives called positive`;
  const drawn = html`<rect class="frame" x="${MARGIN}" y="${MARGIN}" width="${SIDE}" height="${SIDE}"/><path class="guess" d="${path(
    [
      [0, 0],
      [1, 1],
    ],
  )}"/>${
    before && html`<path class="rb" d="${path(before.points)}"/>`
  }<path class="rc" d="${path(curve.points)}"/>${point && html`<circle class="dot" cx="${at(x)}" cy="${at(y)}" r="5"/>`}`;
  const description = `Area under the curve ${formatNumber(areaOf(curve))}${before ? `, in the baseline ${formatNumber(areaOf(before))}` : ''}${where ? `; at work: ${where}` : ''}`;
  return html`<figure class="roc">${picture({ title: 'Receiver operating characteristic of baseline and window', description }, size, drawn)}
    <figcaption>ROC: true against false positive rate. ${description}.</figcaption></figure>`;
}

/** Points of a curve, evenly chosen, its ends among them. */
function thinned(points: readonly RocPoint[]): readonly RocPoint[] {
  if (points.length <= MOST_POINTS) return points;
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, index) => points[Math.round(index * step)]);
}

/** By trapezes, where no file says it. */
function areaOf({ points, area }: RocCurve): number {
  if (area !== undefined) return area;
  return points.slice(1).reduce((sum, [x, y], index) => sum + ((x - points[index][0]) * (y + points[index][1])) / 2, 0);
}
