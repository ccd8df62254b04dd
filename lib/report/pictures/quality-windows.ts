import { counted, formatNumber } from '../figures';
import { html, type Markup } from '../html';
import { at, line, picture } from '../svg';

/** A value, and how far chance may put it off. */
export type Banded = readonly [value: number, standardError: number];

/** What is known of a metric in one window. */
export interface QualityPoint {
  readonly realized?: Banded;
  readonly estimated?: Banded;
}

const SIZE = { width: 280, height: 96 };
/** Columns that there is room for at least. */
const LEAST_COLUMNS = 14;
/** By which the two values of a window stand beside each other. */
const ASIDE = 1.5;
/** Half of a band: where chance alone leaves 19 of 20 values. */
const HALF_BAND = 2;

/** A metric over windows, the oldest first: by labels and as it was estimated, each with its band. */
export function qualityWindowsPicture(metric: string, points: readonly QualityPoint[]): Markup {
  const ends = points.flatMap(({ realized, estimated }) => [realized, estimated].flatMap(endsOf));
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const room = Math.max(LEAST_COLUMNS, points.length);
  const x = (index: number) => ((index + room - points.length + 0.5) / room) * SIZE.width; // the newest is always on the right
  const y = (value: number) => SIZE.height - 4 - ((value - least) / Math.max(most - least, 1e-9)) * (SIZE.height - 8);
  const drawn = (of: keyof QualityPoint, kind: string, aside: number) => {
    const known = points.flatMap((point, index) => (point[of] ? [[x(index) + aside, point[of]] as const] : []));
    const bars = known.map(([from, banded]) => `M${at(from)} ${endsOf(banded).map(y).map(at).join('V')}`).join('');
    return html`<path class="w${kind}" d="${bars}"/><path class="r${kind}" d="${line(known.map(([from, [value]]) => [from, y(value)]))}"/>`;
  };
  return picture(
    { title: `${metric} of ${counted(points.length, 'window')}`, description: describe(points) },
    SIZE,
    html`${drawn('estimated', 'b', -ASIDE)}${drawn('realized', 'c', ASIDE)}`,
  );
}

const endsOf = (banded: Banded | undefined): number[] =>
  banded ? [banded[0] - HALF_BAND * banded[1], banded[0] + HALF_BAND * banded[1]] : [];

function describe(points: readonly QualityPoint[]): string {
  const { realized, estimated } = points[points.length - 1] ?? {};
  const said = (words: string, banded: Banded | undefined) =>
    banded ? [`the last one ${words} ${formatNumber(banded[0])} ± ${formatNumber(HALF_BAND * banded[1])}`] : [];
  return [...said('by labels', realized), ...said('estimated', estimated)].join(', ');
}
