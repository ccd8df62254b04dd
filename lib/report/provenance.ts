import { formatCount, formatTime, windowSpan } from './figures';
import { html, type Markup, shorten } from './html';
import type { ReportedRun } from './reported-run';

const TEXT_CHARACTERS = 400;

/** Where the run came from: window, data, baseline and its age, methods, who decided, and where the files are. */
export function provenance({ report, provenance: more = {} }: ReportedRun): Markup {
  const { outcome, distances, concludedAt, objectCount, baselineAgeHours, lateObjects } = report;
  const { startedBy } = outcome;
  const methods = [...new Set(distances.flatMap(({ method }) => method ?? []))];
  const facts: readonly (readonly [name: string, text: string | undefined])[] = [
    ['window (UTC)', windowSpan(outcome)],
    ['monitor', outcome.monitorId],
    ['engine', outcome.engine],
    ['compared by', methods.length > 0 ? methods.join(', ') : undefined],
    ['objects', objectCount === undefined ? undefined : formatCount(objectCount)],
    ['objects that came late', lateObjects ? formatCount(lateObjects) : undefined],
    ['age of the baseline', baselineAgeHours === undefined ? undefined : age(baselineAgeHours)],
    ...Object.entries(more),
    ['concluded (UTC)', formatTime(concludedAt)],
    ['execution', outcome.executionId],
    ['started', startedBy && `by ${startedBy.by}: ${startedBy.reason}`],
    ['revision', outcome.revision === undefined ? undefined : String(outcome.revision)],
    ['files', outcome.reportUri],
  ];
  return html`<dl class="facts">${facts.map(([name, text]) =>
    text === undefined ? undefined : html`<dt>${name}<dd>${shorten(text, TEXT_CHARACTERS)}`,
  )}</dl>`;
}

function age(hours: number): string {
  return hours < 48 ? `${formatCount(Math.floor(hours))} h` : `${formatCount(Math.floor(hours / 24))} days`;
}
