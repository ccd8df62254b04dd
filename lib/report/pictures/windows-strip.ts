import type { ExecutionReport, ExecutionStatus } from '../../outcome/contract';
import { windowSpan } from '../figures';
import { html, type Markup } from '../html';

const LOOKS: { readonly [status in ExecutionStatus]: readonly [look: string, words: string] } = {
  Completed: ['good', 'no violation'],
  Watch: ['watch', 'nothing confirmed'],
  CompletedWithViolations: ['problem', 'violations'],
  NoData: ['none', 'no data'],
  LabelsMissing: ['none', 'labels missing'],
  Failed: ['failed', 'failed'],
};

/** One mark a window, the oldest first: how it ended, in colour, form and words. */
export function windowsStrip(reports: readonly ExecutionReport[]): Markup {
  const marks = reports.map(({ outcome }) => {
    const [look, words] = LOOKS[outcome.status] ?? ['none', outcome.status];
    return html`<li class="${look}" title="${windowSpan(outcome)}: ${words}"><span class="unseen">${windowSpan(outcome)}: ${words}</span></li>`;
  });
  const kinds = [...new Set(reports.map(({ outcome }) => outcome.status))].map(
    (status) => LOOKS[status] ?? ['none', status],
  );
  const legend = kinds.map(([look, words]) => html`<span><i class="mark ${look}"></i> ${words}</span>`);
  return html`<ol class="strip">${marks}</ol><p class="legend">${legend}</p>`;
}
