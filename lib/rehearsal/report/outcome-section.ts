import type { FeatureFacts } from '../../report/feature-facts';
import { standingOf } from '../../report/feature-facts';
import { counted, formatCount, formatTime } from '../../report/figures';
import { html, lines, type Markup, shorten } from '../../report/html';
import { verdictPanel } from '../../report/verdict';
import type { RehearsalResult } from '../result';
import { table } from './window-section';

/** The first thing to read: what drifted, and whether all happened that had to. */
export function renderVerdict(result: RehearsalResult, features: readonly FeatureFacts[]): Markup {
  const missing = result.expectations.filter(({ met }) => !met);
  const chain = result.succeeded
    ? 'Everything happened as expected'
    : `Not as expected: ${missing.map(({ name }) => name).join(', ') || 'see the timeline'}`;
  const figures: [number, string][] = [
    [result.windows.length, 'window'],
    [violationsOf(result), 'violation'],
    [result.messages.length, 'message'],
    [result.retrainings.length, 'retraining'],
  ];
  return html`${verdictPanel(verdictOf(result, features))}
    <p class="outcome ${result.succeeded ? 'good' : 'problem'}"><span aria-hidden="true">${result.succeeded ? '✓' : '✗'}</span> ${chain}</p>
    <ul class="figures-line">${figures.map(([count, name]) => html`<li><b>${formatCount(count)}</b> ${count === 1 ? name : `${name}s`}</li>`)}</ul>`;
}

const violationsOf = ({ windows }: RehearsalResult) =>
  windows.reduce((sum, { outcome }) => sum + outcome.violationCount, 0);

/** What drifted, in one sentence. */
function verdictOf(result: RehearsalResult, features: readonly FeatureFacts[]) {
  const found = features.filter((feature) => standingOf(feature) === 'violated');
  const windows = counted(result.windows.length, 'window');
  if (result.windows.length === 0)
    return { tone: 'watch', sentence: 'No window was concluded: nothing is known.' } as const;
  if (found.length > 0) {
    const most = found.length > 1 ? ', most of all ' : ': ';
    const sentence = `Found in ${windows}: ${counted(found.length, 'feature')} of ${formatCount(features.length)} with violations${most}${shorten(found[0].name, 80)}.`;
    return { tone: 'problem', sentence } as const;
  }
  const count = violationsOf(result);
  return count > 0
    ? ({ tone: 'problem', sentence: `Found in ${windows}: ${counted(count, 'violation')}.` } as const)
    : ({ tone: 'good', sentence: `Nothing was found in ${windows}.` } as const);
}

/** The chain of expectations, link by link, and what nobody looked at. */
export function renderExpectations({ expectations, unseen }: RehearsalResult): Markup {
  if (expectations.length === 0) return html`<p class="none">Nothing was expected.</p>`;
  const items = expectations.map(
    ({ name, met, detail }) =>
      html`<li><em class="${met ? 'met' : 'violated'}">${met ? 'met' : 'not met'}</em> <b>${name}</b><span class="detail">${detail}</span></li>`,
  );
  const others = unseen.map(
    ({ name, why, detail }) => html`<li><em>${why}</em> <b>${name}</b><span class="detail">${detail}</span></li>`,
  );
  return html`<ol class="chain">${items}${others}</ol>`;
}

/** Every message, as its reader gets it. */
export function renderMessages({ messages }: RehearsalResult): Markup {
  if (messages.length === 0) return html`<p class="none">No message was sent.</p>`;
  const items = messages.map(
    ({ time, topic, sender, subject, body }) =>
      html`<details class="message"><summary><b>${subject ?? '(no subject)'}</b>
      <small>${formatTime(time)}, from ${sender} to ${topic}</small></summary><pre>${lines(body)}</pre></details>`,
  );
  return html`${items}`;
}

/** The pipeline executions that the gate started. */
export function renderRetrainings({ retrainings }: RehearsalResult): Markup {
  if (retrainings.length === 0) return html`<p class="none">No retraining was started.</p>`;
  const rows = retrainings.map(
    ({ time, pipeline, clientRequestToken, executionArn }) =>
      html`<tr><th scope="row">${formatTime(time)}</th><td>${pipeline}</td>
      <td class="uri">${executionArn}</td><td class="uri">${clientRequestToken}</td></tr>`,
  );
  return table(['Time (UTC)', 'Pipeline', 'Execution', 'Client request token'], rows);
}
