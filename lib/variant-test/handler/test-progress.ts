import {
  afterWindow,
  type MetricEvidence,
  type MetricSettings,
  type MetricSums,
  type TestSettings as SequentialSettings,
  type TestState,
} from '../../analysis';
import type { KeptTest } from '../../outcome/tested/contract';
import type { MeasureSettings, TestSettings } from '../contract';
import { withRequests } from './same-requests';
import { withPoint } from './test-course';
import type { TestedWindow, WindowWalk } from './window-walk';

const HOUR = 3_600_000;

/** What SageMaker's metrics say of a window, by the measure that asks for it. */
export type ServiceEvidence = (window: TestedWindow) => Promise<{ readonly [measure: string]: MetricEvidence }>;

/**
 * How far a test is with the last of some windows. A window that another one has a part of is counted once, with the first of the two. Undefined before the first that
 * counts.
 */
export async function testProgress(
  settings: TestSettings,
  { before, windows }: WindowWalk,
  service: ServiceEvidence,
): Promise<KeptTest | undefined> {
  let kept = before && ended(before);
  for (const window of windows) {
    kept &&= ended(kept);
    if (kept && (kept.outcome || window.start < kept.until)) continue;
    kept = withWindow(settings, { ...window, service: await service(window) }, kept);
  }
  return kept;
}

/** Of a window before, what it has decided is new no more. */
const ended = ({ isNew, ...kept }: KeptTest): KeptTest => ({ ...kept, done: [] });

/** A window, with what metrics say of it. */
interface MeasuredWindow extends TestedWindow {
  readonly service: { readonly [measure: string]: MetricEvidence };
}

function withWindow(settings: TestSettings, window: MeasuredWindow, before: KeptTest | undefined): KeptTest {
  const { start, end, evidence, compared, service } = window;
  const since = before?.since ?? start;
  const rows = evidence.metrics.map(({ metric, ...tally }) => [metric, { rows: tally }] as const);
  const added = { ...service, ...Object.fromEntries(rows) };
  const elapsed = (Date.parse(end) - Date.parse(since)) / HOUR;
  const [{ metric: quality }] = evidence.metrics;
  const asked = sequential(settings, quality);
  const after = afterWindow(asked, { elapsed, evidence: added }, stateOf(before));
  const differences = after.metrics.map(({ difference = null }) => difference);
  return {
    version: '1',
    test: settings.key,
    name: settings.name,
    since,
    until: end,
    windows: after.windows,
    metrics: after.metrics.map(({ metric, difference, sums }, index) => {
      const { leastEffect, better } = asked.metrics[index];
      return { metric, difference, sums, leastEffect, better };
    }),
    course: withPoint(before?.course ?? [], { until: end, windows: after.windows, differences }),
    ...(settings.shadow && { sameRequests: withRequests(before?.sameRequests, compared) }),
    ...(after.outcome && { outcome: after.outcome, isNew: true }),
    done: [],
  };
}

const stateOf = (before: KeptTest | undefined): TestState | undefined =>
  before && { ...before, metrics: before.metrics.map((one) => ({ ...one, sums: one.sums as MetricSums })) };

function sequential(
  { leastEffect, measures = [], level, leastHours: least, largestHours: largest }: TestSettings,
  quality: string,
): SequentialSettings {
  const isRight = quality === 'accuracy';
  const own = isRight ? ({ by: 'shares', better: 'higher' } as const) : ({ by: 'means', better: 'lower' } as const);
  const others = measures.map((measure) => ({ ...measure, ...measuredBy(measure, own.by) }));
  return { metrics: [{ metric: quality, leastEffect, ...own }, ...others], level, least, largest };
}

/** How a measure is added up; of records as the quality of their predictions is. */
function measuredBy(
  { metric }: MeasureSettings,
  ofRecords: MetricSettings['by'],
): Pick<MetricSettings, 'by' | 'better'> {
  if (metric === 'serverErrors') return { by: 'counts', better: 'lower' };
  return metric === 'modelLatency' ? { by: 'minutes', better: 'lower' } : { by: ofRecords, better: 'same' };
}
