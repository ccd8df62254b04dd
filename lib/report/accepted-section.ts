import type { ExecutionReport } from '../outcome/contract';
import { formatCount, formatTime } from './figures';
import { checkName } from './finding';
import { html, type Markup, named, shorten } from './html';
import { section } from './page';

/** Findings that are listed; of a snoozed monitor there may be as many as features. */
const MOST_ACCEPTED = 40;
const NAME_CHARACTERS = 200;
const REASON_CHARACTERS = 500;

/** What was found and does not count, as people said: until when, by whom and why. */
export function acceptedSection({ accepted = [] }: Pick<ExecutionReport, 'accepted'>): Markup | undefined {
  if (accepted.length === 0) return undefined;
  const items = accepted
    .slice(0, MOST_ACCEPTED)
    .map(
      ({ feature, variant, check, kind, until, by, reason }) =>
        html`<li>${named(feature)} <small>${variant && `variant ${shorten(variant, 63)}, `}${checkName(check)}</small> ${kind === 'Snoozed' ? 'snoozed' : 'accepted'} until ${formatTime(until)} UTC by <bdi>${shorten(by, NAME_CHARACTERS)}</bdi>: ${shorten(reason, REASON_CHARACTERS)}`,
    );
  const rest = accepted.length - MOST_ACCEPTED;
  return section(
    'Found, but not counted, as people said',
    html`<ul class="words">${items}${rest > 0 ? html`<li>and ${formatCount(rest)} more, in report.json` : undefined}</ul>`,
  );
}
