import type { ExecutionReport } from '../outcome/contract';
import type { Acceptance } from '../outcome/exception/contract';
import { formatCount, formatTime } from './figures';
import { checkName } from './finding';
import { html, type Markup, named, shorten } from './html';
import { section } from './page';

/** Findings that are listed; of a snoozed monitor there may be as many as features. */
const MOST_ACCEPTED = 40;
const NAME_CHARACTERS = 200;
const REASON_CHARACTERS = 500;

/** What was found and does not count, and that the monitor is paused, as people said: until when, by whom and why. */
export function acceptedSection({
  accepted = [],
  outcome: { paused },
}: Pick<ExecutionReport, 'accepted' | 'outcome'>): Markup | undefined {
  if (accepted.length === 0 && !paused) return undefined;
  const items = accepted
    .slice(0, MOST_ACCEPTED)
    .map(
      ({ feature, variant, check, kind, until, by, reason }) =>
        html`<li>${named(feature)} <small>${variant && `variant ${shorten(variant, 63)}, `}${checkName(check)}</small> ${kind.toLowerCase()} ${words({ until, by, reason })}`,
    );
  const rest = accepted.length - MOST_ACCEPTED;
  const pause = paused && html`<li>The monitor is paused ${words(paused)}`;
  return section(
    accepted.length > 0 ? 'Found, but not counted, as people said' : 'Not told, as people said',
    html`<ul class="words">${pause}${items}${rest > 0 ? html`<li>and ${formatCount(rest)} more, in report.json` : undefined}</ul>`,
  );
}

function words({ until, by, reason }: Pick<Acceptance, 'until' | 'by' | 'reason'>): Markup {
  return html`until ${formatTime(until)} UTC by <bdi>${shorten(by, NAME_CHARACTERS)}</bdi>: ${shorten(reason, REASON_CHARACTERS)}`;
}
