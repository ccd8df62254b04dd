import { formatTime } from '../../report/figures';
import { html, type Markup } from '../../report/html';
import type { RehearsalResult } from '../result';
import { timelinePicture } from './timeline-picture';
import { table } from './window-section';

/** What happened when, one lane per part of the house; the table beside it has every entry in words. */
export function renderTimeline({ timeline }: RehearsalResult): Markup {
  const entries = [...timeline].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  if (entries.length === 0) return html`<p class="none">Nothing happened.</p>`;
  const rows = entries.map(
    (entry) => html`<tr><th scope="row">${formatTime(entry.time)}</th><td>${entry.lane}</td>
      <td>${entry.problem ? html`<em class="violated">problem</em> ` : undefined}${entry.title}</td><td>${entry.detail}</td></tr>`,
  );
  return html`<figure><div class="timeline" tabindex="0" role="group" aria-label="timeline">${timelinePicture(entries)}</div>
    <figcaption>Virtual hours, UTC. A number counts what happened within minutes; a red diamond is a problem. The table below has every entry in words.</figcaption></figure>
    <details><summary>All ${entries.length} entries</summary>${table(['Time (UTC)', 'Lane', 'What', 'Detail'], rows)}</details>`;
}
