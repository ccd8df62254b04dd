import { counted } from '../../lib/kind/counted';
import type { Expectation, RehearsalResult, WindowResult } from '../../lib/rehearsal/result';

/** What the monitor of each kind looks for. */
const SOUGHT: { readonly [kind: string]: string } = {
  DataQuality: 'data quality',
  ModelQuality: 'loss of quality',
  ModelBias: 'bias drift',
  ModelExplainability: 'attribution drift',
};

/**
 * What each kind of monitor found, by what it looked for, where anything was expected, and that it found nothing, where nothing was. A watched violation, which another window
 * has not confirmed, is none.
 */
export function findings({ windows }: RehearsalResult, hasDrift: boolean): Expectation[] {
  return Object.entries(SOUGHT).flatMap(([kind, sought]) => {
    const all = windows.filter(({ outcome }) => outcome.monitorKind === kind);
    if (all.length === 0) return [];
    const own = all.filter(({ outcome }) => outcome.recordCount > 0);
    const found = own.filter(({ outcome }) => outcome.status === 'CompletedWithViolations');
    return [{ name: sought, met: own.length > 0 && found.length > 0 === hasDrift, detail: detailOf(found, own) }];
  });
}

function detailOf(found: readonly WindowResult[], own: readonly WindowResult[]): string {
  if (found.length === 0) return `none in ${counted(own.length, 'window')} with data`;
  const subjects = new Set(found.flatMap(({ outcome }) => outcome.violations.map(({ feature }) => feature)));
  const first = found[0].outcome.windowStart.slice(11, 16);
  return `in ${found.length} of ${counted(own.length, 'window')} with data, from ${first} on: ${[...subjects].join(', ')}`;
}
