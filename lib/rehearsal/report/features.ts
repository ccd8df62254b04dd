import type { FeatureStatistics } from '../../analysis';
import { type FeatureDistance, type FeatureFacts, featureVisibility, sorted } from '../../report/feature-facts';
import type { Finding } from '../../report/finding';
import type { RehearsalResult, WindowResult } from '../result';
import { hasDrifted } from './drift';
import { windowName } from './window-name';

/** A window, its features by name. */
interface IndexedWindow {
  readonly window: WindowResult;
  readonly statistics: ReadonlyMap<string, FeatureStatistics>;
  readonly distances: ReadonlyMap<string, FeatureDistance>;
  /** features that were tested */
  readonly tests: number;
}

/** The features of the baseline, the most important first: each as the window has it in which it differs most, with how far it was in all of them. */
export function rehearsedFeatures({ baseline, windows }: RehearsalResult): FeatureFacts[] {
  const indexed = windows.map(indexedWindow);
  return sorted((baseline?.statistics.features ?? []).map((feature) => factsOf(feature, indexed)));
}

function indexedWindow(window: WindowResult): IndexedWindow {
  return {
    window,
    statistics: new Map((window.statistics?.features ?? []).map((feature) => [feature.name, feature])),
    distances: new Map(window.distances.map((distance) => [distance.feature, distance])),
    tests: window.distances.filter(({ pValue }) => pValue !== undefined).length,
  };
}

function factsOf(baseline: FeatureStatistics, windows: readonly IndexedWindow[]): FeatureFacts {
  const { name } = baseline;
  const far = farthest(name, windows);
  const compared = { baseline, current: far?.statistics.get(name), distance: far?.distances.get(name) };
  return {
    name,
    ...compared,
    currentName: far && windowName(far.window),
    visible: far && featureVisibility(compared, far.tests),
    findings: windows.flatMap(({ window }) => findingsIn(name, window)),
    leftOut: [],
    history: windows.map(({ window, distances }) => ({
      value: distances.get(name)?.distance,
      isProblem: hasDrifted(window, name),
    })),
  };
}

/** The window in which a feature is farthest from the baseline, of those that have it. */
function farthest(name: string, windows: readonly IndexedWindow[]): IndexedWindow | undefined {
  const having = windows.filter(({ statistics }) => statistics.has(name));
  const distance = ({ distances }: IndexedWindow) => distances.get(name)?.distance ?? -1;
  return having.sort((a, b) => distance(b) - distance(a))[0];
}

function findingsIn(name: string, window: WindowResult): Finding[] {
  const { violations } = window.outcome;
  return window.violations
    .filter(({ feature_name }) => feature_name === name)
    .map(({ constraint_check_type: check, description }) => ({
      subject: name,
      check,
      description: `${windowName(window)}: ${description}`,
      isConfirmed: violations.find((told) => told.feature === name && told.check === check)?.confirmed ?? true,
    }));
}
