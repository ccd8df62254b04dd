/** A resource that holds state, and whose replacement or removal somebody has thought about. */
export interface ReviewedLoss {
  readonly app: string;
  readonly stack: string;
  /** construct path within the stack */
  readonly path: string;
  /** what becomes of the state, and why that is right */
  readonly reason: string;
}

const ANALYSIS_LOGS = 'SageMakerMonitoringAnalysis/Logs';
const ONE_ANALYZER =
  'its id held a hash of options, which each changed option moved; the new one stays. Only what the state machine logged of past runs is lost';

/** Every such resource since the last release; one that is not lost, or not any more, fails as well. */
export const REVIEWED: readonly ReviewedLoss[] = [
  { app: 'birdStrikes', stack: 'BirdStrikes', path: ANALYSIS_LOGS, reason: ONE_ANALYZER },
  { app: 'threeStacks', stack: 'Watching', path: ANALYSIS_LOGS, reason: ONE_ANALYZER },
];
