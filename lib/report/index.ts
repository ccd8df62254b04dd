export { HISTORY_WINDOWS } from './feature-facts';
export { filesOfRun, type JsonOf } from './files-of-run';
export { type FiringAlarm, type FleetMonitor, renderFleetWidget } from './fleet-widget';
export { renderMonitorWidget, renderWithoutReport, type TimeMark } from './monitor-widget';
export type { ComparedFiles, ReportedRun } from './reported-run';
export { renderRunReport } from './run-report';
export type { Theme } from './widget-style';
