export { HISTORY_WINDOWS } from './feature-facts';
export { filesOfRun, type JsonOf } from './files-of-run';
export type { ComparedFiles, ReportedRun } from './reported-run';
export { renderRunReport } from './run-report';
