export type { Counted, CountedSums } from './counted-difference';
export type { GroupedSums } from './grouped-difference';
export { GROUPS, GroupedWindow, type GroupTally, type WindowTally } from './grouped-window';
export { findingOf, type MetricFinding, type TestOutcome } from './outcome';
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
