import {
  type BlindSpot,
  blindSpots,
  type Constraints,
  comparisonSettings,
  isEvaluated,
  thresholdOf,
} from '../../analysis';
import { formatCount, formatNumber, formatPercent } from '../../report/figures';
import { html, type Markup } from '../../report/html';
import type { RehearsalResult, RehearsedBaseline } from '../result';
import { table } from './window-section';

/** What a `constraints.json` without thresholds stands for. */
const DEFAULT_THRESHOLD = 0.1;

/**
 * The shifts that Model Monitor's own rule cannot see in windows of this size, whatever rule the rehearsed monitor has, beside what the engine's
 * default sees. A window without records says nothing about the size.
 */
export function renderBlindSpots({ baseline, windows }: RehearsalResult): Markup {
  const sizes = windows.map(({ outcome }) => outcome.recordCount).filter((size) => size > 0);
  if (!baseline) return html`<p class="none">There is no baseline.</p>`;
  return html`${renderNotes(baseline.notes)}${renderSpots(baseline, sizes, methodsOf(windows))}`;
}

/** What was known when the baseline was made. */
function renderNotes(notes: readonly string[] = []): Markup | undefined {
  return notes.length > 0 ? html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>` : undefined;
}

function renderSpots(baseline: RehearsedBaseline, sizes: readonly number[], methods: readonly string[]): Markup {
  if (sizes.length === 0)
    return html`<p class="none">No window had records, so that the size of windows is not known.</p>`;
  const windowSize = median(sizes);
  const spots = blindSpots({ ...baseline, windowSize });
  const { features } = baseline.constraints;
  return html`${renderIntroduction(windowSize, methods)}
    <p>${spots.length} of ${features.length} features have shifts that this rule cannot see.</p>
    ${spots.length > 0 ? renderTable(spots, baseline.constraints) : undefined}`;
}

function renderIntroduction(windowSize: number, methods: readonly string[]): Markup {
  const decided = methods.length > 0 ? html` Here ${methods.join(', ')} decided.` : undefined;
  return html`<p>What Model Monitor's own drift check (<code>DriftMethod.MODEL_MONITOR</code>) cannot see, from this baseline and windows of
    ${formatCount(windowSize)} records, the median, alone. It counts equal numbers once, and by <code>Robust</code> takes 1.8 standard errors off every
    distance. The engine's default, <code>MASS_SHIFT</code>, counts every value as often as it occurs, and passes over what chance explains.${decided}</p>`;
}

/** Of the whole run: `Robust` and `Simple` are Model Monitor's. */
function methodsOf(windows: RehearsalResult['windows']): string[] {
  const methods = windows.flatMap(({ distances }) => distances.map(({ method }) => method));
  return [...new Set(methods)].filter((method) => method !== undefined);
}

function renderTable(spots: readonly BlindSpot[], constraints: Constraints): Markup {
  const rows = spots.map(
    (spot) => html`<tr><th scope="row" class="name">${spot.feature}</th><td>${spot.description}</td>
      <td>${largestUnseen(spot)}</td><td>${seenByDefault(spot, constraints)}</td></tr>`,
  );
  return table(['Feature', 'Why', 'Largest unseen shift', 'Seen by the default'], rows);
}

function largestUnseen({ kind, largestShareChange = 0, largestShift = 0 }: BlindSpot): string {
  switch (kind) {
    case 'existing-values':
      return 'any among the values that the baseline has';
    case 'kept-values':
      return 'any that keeps every value of the baseline';
    case 'shares':
      return `${formatNumber(100 * largestShareChange)} percentage points of any share`;
    case 'location':
      return `${formatNumber(largestShift)} standard deviations`;
    default:
      return 'any';
  }
}

function seenByDefault({ feature, kind }: BlindSpot, constraints: Constraints): string {
  const settings = comparisonSettings(constraints, feature);
  const type = constraints.features.find(({ name }) => name === feature)?.inferred_type;
  const isOff = settings.perform_comparison === 'Disabled' || !isEvaluated(constraints, feature) || type === 'Unknown';
  if (isOff || kind === 'no-distribution') return 'nothing either';
  const threshold = thresholdOf(settings, type === 'String' || type === 'Boolean') ?? DEFAULT_THRESHOLD;
  return `more than ${formatPercent(threshold)} of its values moved`;
}

/** The middle one, the lower of two. */
function median(sizes: readonly number[]): number {
  return [...sizes].sort((a, b) => a - b)[Math.floor((sizes.length - 1) / 2)];
}
