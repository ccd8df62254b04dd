import type { TimelineEntry, TimelineLane } from '../../cloud/account/timeline';
import { formatTime } from '../../report/figures';
import { html, type Markup, shorten } from '../../report/html';
import { at, picture } from '../../report/svg';

/** The lanes from top to bottom, in the order in which a window goes through them. */
const LANES: readonly TimelineLane[] = [
  'deployment',
  'traffic',
  'schedule',
  'analysis',
  'metric',
  'alarm',
  'event',
  'notification',
  'retraining',
];

const WIDTH = 1080;
const LANE_HEIGHT = 34;
/** room for the names of the lanes, and for the last mark */
const MARGIN = { left: 108, right: 16, top: 8, bottom: 26 };
/** entries of a lane that are closer than this become one mark */
const MARK_DISTANCE = 18;
/** of text at 12 pixels, on the generous side: without a browser there is nothing to measure it with */
const CHARACTER_WIDTH = 6.8;
/** Times that the axis is divided by, about. */
const TICKS = 10;

/** The first and the last time that the picture has room for, in milliseconds. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/** What happened when, one lane for each part of the house; entries are in order of time. */
export function timelinePicture(entries: readonly TimelineEntry[]): Markup {
  const range = rangeOf(entries);
  const lanes = LANES.map((lane, index) => {
    const y = MARGIN.top + (index + 0.5) * LANE_HEIGHT;
    const marks = marksOf(
      entries.filter((entry) => entry.lane === lane),
      range,
    );
    return html`<path class="lane" d="M${MARGIN.left} ${y}H${WIDTH - MARGIN.right}"/><text x="${MARGIN.left - 10}" y="${y + 4}" text-anchor="end">${lane}</text>${marks.map(
      (mark) => drawnMark(mark, y),
    )}`;
  });
  return picture(
    {
      title: 'What happened when, by lane',
      description: LANES.map((lane) => `${lane}: ${entries.filter((entry) => entry.lane === lane).length}`).join('; '),
    },
    { width: WIDTH, height: MARGIN.top + LANES.length * LANE_HEIGHT + MARGIN.bottom },
    html`${axis(range)}${lanes}`,
  );
}

function rangeOf(entries: readonly TimelineEntry[]): Range {
  const times = entries.map(({ time }) => Date.parse(time));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const margin = Math.max((last - first) * 0.02, 60_000);
  return { min: first - margin, max: last + 6 * margin }; // the last marks have titles, too
}

const LENGTH = WIDTH - MARGIN.left - MARGIN.right;

const place = (time: number, { min, max }: Range) => ((time - min) / (max - min)) * LENGTH;

/** Steps of an axis, in hours. */
const STEPS = [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168];

function axis(range: Range): Markup {
  const hour = 3_600_000;
  const hours = (range.max - range.min) / hour;
  const step = (STEPS.find((each) => hours / each <= TICKS) ?? STEPS[STEPS.length - 1]) * hour;
  const first = Math.ceil(range.min / step) * step;
  const ticks = Array.from({ length: Math.floor((range.max - first) / step) + 1 }, (_, index) => first + index * step);
  const floor = MARGIN.top + LANES.length * LANE_HEIGHT;
  return html`${ticks.map((time) => {
    const x = at(MARGIN.left + place(time, range));
    return html`<path class="tick" d="M${x} ${MARGIN.top}V${floor}"/><text class="when" x="${x}" y="${floor + 18}" text-anchor="middle">${tickName(time, step)}</text>`;
  })}`;
}

function tickName(time: number, step: number): string {
  const text = formatTime(new Date(time).toISOString());
  return step >= 24 * 3_600_000 ? text.slice(5, 10) : text.slice(-5);
}

/** Entries of one lane at about the same time. */
interface Mark {
  readonly entries: readonly TimelineEntry[];
  /** from the start of the lane */
  readonly at: number;
  /** to the next mark of the lane, or to its end */
  readonly room: number;
}

function marksOf(entries: readonly TimelineEntry[], range: Range): Mark[] {
  const groups: { entries: TimelineEntry[]; at: number }[] = [];
  for (const entry of entries) {
    const last = groups[groups.length - 1];
    const x = place(Date.parse(entry.time), range);
    if (last && x - last.at < MARK_DISTANCE) last.entries.push(entry);
    else groups.push({ entries: [entry], at: x });
  }
  return groups.map((group, index) => ({ ...group, room: (groups[index + 1]?.at ?? LENGTH) - group.at }));
}

/** A problem is a diamond, so that it is told without colours; a group has its number. */
function drawnMark(mark: Mark, y: number): Markup {
  const { entries } = mark;
  const problem = entries.find((entry) => entry.problem);
  const x = at(MARGIN.left + mark.at);
  const size = (entries.length > 1 ? 9 : 5) + (problem ? 2 : 0);
  const shape = problem
    ? html`<path class="p" d="M${x} ${y - size}L${at(x + size)} ${y}L${x} ${y + size}L${at(x - size)} ${y}z"/>`
    : html`<circle class="c" cx="${x}" cy="${y}" r="${size}"/>`;
  const count =
    entries.length > 1
      ? html`<text class="count" x="${x}" y="${y + 4}" text-anchor="middle">${entries.length}</text>`
      : undefined;
  const title = titleOf(problem ?? entries[0], mark.room);
  const label =
    title && html`<text class="${problem ? 'bad' : 'when'}" x="${at(x + size + 5)}" y="${y + 4}">${title}</text>`;
  return html`${shape}${count}${label}`;
}

/** As much of a title as there is room for. */
function titleOf({ title }: TimelineEntry, room: number): string | undefined {
  const characters = Math.floor((room - 30) / CHARACTER_WIDTH);
  return characters < 8 ? undefined : shorten(title, characters);
}
