import { formatNumber, formatTime } from '../figures';
import { html, type Markup } from '../html';
import { at, line, picture } from '../svg';

/** Values at times. */
export interface TimedLine {
  readonly label: string;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** Lines over time, and what they are held to. */
export interface LinesOverTime {
  readonly title: string;
  /** the first ones each have a look of their own */
  readonly lines: readonly TimedLine[];
  readonly limits: readonly { readonly value: number; readonly label?: string }[];
  /** epoch milliseconds */
  readonly from: number;
  readonly until: number;
  /** at which the axis begins and ends; what is drawn decides where absent */
  readonly least?: number;
  readonly most?: number;
}

/** Lines that are told apart by how they look; all others look the same. */
export const LOOKS = 8;

const WIDTH = 320;
const HEIGHT = 150;
const PLOT = { left: 4, right: 316, top: 16, bottom: 126 };

/** Lines with a dot at each value, the axis' ends as figures, and limits as dashed lines. */
export function linesOverTime(chart: LinesOverTime): Markup {
  const values = chart.lines.flatMap(({ points }) => points.map(([, value]) => value));
  const all = [...values, ...chart.limits.map(({ value }) => value)];
  const least = chart.least ?? Math.min(0, ...all);
  const highest = chart.most ?? Math.max(...all, least);
  const most = highest > least ? highest : least + 1;
  const x = (time: number) =>
    PLOT.left + ((time - chart.from) / Math.max(chart.until - chart.from, 1)) * (PLOT.right - PLOT.left);
  const y = (value: number) =>
    PLOT.bottom - ((Math.max(least, Math.min(most, value)) - least) / (most - least)) * (PLOT.bottom - PLOT.top);
  const drawn = chart.lines.map(({ points }, index) => {
    const places = points.map(([time, value]) => [x(time), y(value)] as const);
    const look = `l${index < LOOKS ? index : 'n'}`;
    const dots = places.map(([one, other]) => `M${at(one)} ${at(other)}h0`).join('');
    return html`<path class="${look}" d="${line(places)}"/><path class="${look} d" d="${dots}"/>`;
  });
  const limits = chart.limits.map(
    ({ value }) => html`<path class="limit" d="M${PLOT.left} ${at(y(value))}H${PLOT.right}"/>`,
  );
  const [first, last] = [chart.from, chart.until].map((time) => formatTime(new Date(time).toISOString()).slice(5));
  return picture(
    { title: chart.title, description: described(chart) },
    { width: WIDTH, height: HEIGHT },
    html`<path class="frame" d="M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}"/><text x="${PLOT.left}" y="11">${formatNumber(most)}</text><text x="${PLOT.left}" y="142">${formatNumber(least)}, ${first}</text><text x="${PLOT.right}" y="142" text-anchor="end">${last}</text>${limits}${drawn}`,
  );
}

function described({ lines, limits }: LinesOverTime): string {
  const said = lines.slice(0, LOOKS).map(({ label, points }) => {
    const values = points.map(([, value]) => value);
    return `${label}: at last ${formatNumber(values[values.length - 1])}, the highest ${formatNumber(Math.max(...values))}`;
  });
  const held = limits.map(({ value, label }) => `${label ?? 'a line'} at ${formatNumber(value)}`);
  return [...said, ...(lines.length > LOOKS ? [`${lines.length - LOOKS} more`] : []), ...held].join('; ');
}
