import { formatTime } from '../../report/figures';
import { html, lines, type Markup } from '../../report/html';
import type { RehearsalResult } from '../result';
import { table } from './window-section';

/** The first thing to read: did everything happen that had to, and what came of it. */
export function renderVerdict(result: RehearsalResult): Markup {
  const missing = result.expectations.filter(({ met }) => !met);
  const headline = result.succeeded
    ? 'Everything happened as expected'
    : `Not as expected: ${missing.map(({ name }) => name).join(', ') || 'see the timeline'}`;
  const violations = result.windows.reduce((sum, { outcome }) => sum + outcome.violationCount, 0);
  const figures: [number, string][] = [
    [result.windows.length, 'window'],
    [violations, 'violation'],
    [result.messages.length, 'message'],
    [result.retrainings.length, 'retraining'],
  ];
  return html`<section class="verdict ${result.succeeded ? 'good' : 'problem'}"><p class="headline">
    <span aria-hidden="true">${result.succeeded ? '✓' : '✗'}</span> ${headline}</p>
    <ul class="figures">${figures.map(([count, name]) => html`<li><b>${count.toLocaleString('en-US')}</b> ${count === 1 ? name : `${name}s`}</li>`)}</ul></section>`;
}

/** The chain of expectations, link by link, and what nobody looked at. */
export function renderExpectations({ expectations, unseen }: RehearsalResult): Markup {
  if (expectations.length === 0) return html`<p class="none">Nothing was expected.</p>`;
  const items = expectations.map(
    ({
      name,
      met,
      detail,
    }) => html`<li class="${met ? 'met' : 'unmet'}"><span class="badge ${met ? 'good' : 'problem'}">${met ? 'met' : 'not met'}</span>
      <b>${name}</b><span class="detail">${detail}</span></li>`,
  );
  const others = unseen.map(
    ({ name, why, detail }) =>
      html`<li><span class="badge quiet">${why}</span> <b>${name}</b><span class="detail">${detail}</span></li>`,
  );
  return html`<ol class="chain">${items}${others}</ol>`;
}

/** Every message, as its reader gets it. */
export function renderMessages({ messages }: RehearsalResult): Markup {
  if (messages.length === 0) return html`<p class="none">No message was sent.</p>`;
  const items = messages.map(
    ({
      time,
      topic,
      sender,
      subject,
      body,
    }) => html`<details class="message"><summary><b>${subject ?? '(no subject)'}</b>
      <small>${formatTime(time)}, from ${sender} to ${topic}</small></summary><pre>${lines(body)}</pre></details>`,
  );
  return html`${items}`;
}

/** The pipeline executions that the gate started. */
export function renderRetrainings({ retrainings }: RehearsalResult): Markup {
  if (retrainings.length === 0) return html`<p class="none">No retraining was started.</p>`;
  const rows = retrainings.map(
    ({
      time,
      pipeline,
      clientRequestToken,
      executionArn,
    }) => html`<tr><th scope="row">${formatTime(time)}</th><td>${pipeline}</td>
      <td class="uri">${executionArn}</td><td class="uri">${clientRequestToken}</td></tr>`,
  );
  return table(['Time (UTC)', 'Pipeline', 'Execution', 'Client request token'], rows);
}
