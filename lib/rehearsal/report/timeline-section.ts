import type { TimelineEntry, TimelineLane } from '../../cloud/account/timeline';
import { formatTime } from '../../report/figures';
import { html, type Markup, shorten } from '../../report/html';
import type { RehearsalResult } from '../result';
import { axisStyle, COLOR, renderChart } from './chart';
import { table } from './window-section';

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
/** room for the names of the lanes, and for the last mark, in pixels */
const MARGIN = { left: 108, right: 16 };
/** entries of a lane that are closer than this become one mark, in pixels */
const MARK_DISTANCE = 18;
/** of text at 12 pixels, on the generous side */
const CHARACTER_WIDTH = 6.8;

/** What happened when, one lane per part of the house; the table beside it has every entry in words. */
export function renderTimeline({ timeline }: RehearsalResult): Markup {
  const entries = [...timeline].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  if (entries.length === 0) return html`<p class="none">Nothing happened.</p>`;
  const rows = entries.map(
    (entry) => html`<tr><th scope="row">${formatTime(entry.time)}</th><td>${entry.lane}</td>
      <td>${entry.problem ? html`<span class="badge problem">problem</span> ` : undefined}${entry.title}</td><td>${entry.detail}</td></tr>`,
  );
  return html`<figure><div class="timeline" tabindex="0" role="group" aria-label="timeline">${renderChart({
    title: 'What happened when, by lane',
    description: LANES.map((lane) => `${lane}: ${entries.filter((entry) => entry.lane === lane).length}`).join('; '),
    width: WIDTH,
    height: LANES.length * LANE_HEIGHT + 40,
    option: timelineOption(entries),
  })}</div><figcaption>Virtual hours, UTC. A number counts what happened within minutes; a red diamond is a problem. The table below has every entry in words.</figcaption></figure>
    <details><summary>All ${entries.length} entries</summary>${table(['Time (UTC)', 'Lane', 'What', 'Detail'], rows)}</details>`;
}

function timelineOption(entries: readonly TimelineEntry[]) {
  const times = entries.map(({ time }) => Date.parse(time));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const margin = Math.max((last - first) * 0.02, 60_000);
  const [min, max] = [first - margin, last + 6 * margin]; // the last marks have titles, too
  const marks = LANES.flatMap((lane) =>
    marksOf(
      entries.filter((entry) => entry.lane === lane),
      { min, max },
    ),
  );
  return {
    useUTC: true,
    grid: { ...MARGIN, top: 8, bottom: 32 },
    xAxis: timeAxis(min, max),
    yAxis: laneAxis(),
    series: [
      { type: 'scatter' as const, silent: true, data: marks.map(symbolOf) },
      { type: 'scatter' as const, silent: true, symbolSize: 0.1, data: marks.map(labelOf) },
    ],
  };
}

function timeAxis(min: number, max: number) {
  return {
    type: 'time' as const,
    min,
    max,
    ...axisStyle(),
    splitLine: { show: true, lineStyle: { color: COLOR.line, opacity: 0.6 } },
    axisLabel: {
      color: COLOR.muted,
      fontSize: 12,
      hideOverlap: true,
      formatter: (time: number) => formatTime(new Date(time).toISOString()).slice(-5),
    },
  };
}

function laneAxis() {
  return {
    type: 'category' as const,
    data: [...LANES],
    inverse: true,
    ...axisStyle(),
    splitLine: { show: true, interval: 0, lineStyle: { color: COLOR.line } },
    axisLabel: { color: COLOR.text, fontSize: 13 },
  };
}

/** Entries of one lane at about the same time. */
interface Mark {
  readonly entries: TimelineEntry[];
  /** pixels from the start of the lane */
  readonly at: number;
  /** pixels to the next mark of the lane, or to its end */
  readonly room: number;
}

function marksOf(entries: readonly TimelineEntry[], range: { readonly min: number; readonly max: number }): Mark[] {
  const length = WIDTH - MARGIN.left - MARGIN.right;
  const pixels = (time: string) => ((Date.parse(time) - range.min) / (range.max - range.min)) * length;
  const groups: { entries: TimelineEntry[]; at: number }[] = [];
  for (const entry of entries) {
    const last = groups[groups.length - 1];
    if (last && pixels(entry.time) - last.at < MARK_DISTANCE) last.entries.push(entry);
    else groups.push({ entries: [entry], at: pixels(entry.time) });
  }
  return groups.map((group, index) => ({ ...group, room: (groups[index + 1]?.at ?? length) - group.at }));
}

function symbolOf({ entries }: Mark) {
  const [first] = entries;
  const isProblem = entries.some(({ problem }) => problem);
  const isGroup = entries.length > 1;
  return {
    value: [Date.parse(first.time), first.lane],
    symbol: isProblem ? 'diamond' : 'circle',
    symbolSize: (isGroup ? 17 : 10) + (isProblem ? 5 : 0),
    itemStyle: { color: isProblem ? COLOR.problem : COLOR.current, opacity: 1 },
    label: { show: isGroup, formatter: () => String(entries.length), color: COLOR.card, fontSize: 11, fontWeight: 600 },
  };
}

/** The first problem's title, else the first entry's, as far as there is room. */
function labelOf({ entries, room }: Mark) {
  const entry = entries.find(({ problem }) => problem) ?? entries[0];
  const characters = Math.floor((room - 30) / CHARACTER_WIDTH);
  const text = characters < 8 ? '' : shorten(entry.title, characters);
  const color = entry.problem ? COLOR.problem : COLOR.muted;
  const label = {
    show: text !== '',
    formatter: () => text,
    position: 'right' as const,
    distance: 12,
    color,
    fontSize: 12,
  };
  return { value: [Date.parse(entries[0].time), entry.lane], itemStyle: { color: COLOR.muted, opacity: 1 }, label };
}
