export { HISTORY_WINDOWS } from './feature-facts';
export type { ComparedFiles, ReportedRun } from './reported-run';
export { renderRunReport } from './run-report';
