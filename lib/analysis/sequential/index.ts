export type { Counted, CountedSums } from './counted-difference';
export { GROUPS, type GroupedSums, GroupedWindow } from './grouped-difference';
export type { MetricFinding, TestOutcome } from './outcome';
export {
  afterWindow,
  type MetricEvidence,
  type MetricSettings,
  type MetricState,
  type MetricSums,
  type TestSettings,
  type TestState,
  type TestWindow,
} from './sequential-test';
export type { Measured, TimedPair, TimedSums } from './timed-difference';
