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

const RETRAINING_QUEUE = 'Retraining/DeadLetters';
const QUEUE = 'SageMakerMonitoringDeadLetters';
const ONE_QUEUE =
  'one queue of a stack takes what could not be delivered, and one alarm watches it, where nobody watched several. Messages of the last 14 days that lie in the old ones are lost: look there before the update';

/** Every such resource since the last release; one that is not lost, or not any more, fails as well. */
export const REVIEWED: readonly ReviewedLoss[] = [
  { app: 'birdStrikes', stack: 'BirdStrikes', path: ANALYSIS_LOGS, reason: ONE_ANALYZER },
  { app: 'threeStacks', stack: 'Watching', path: ANALYSIS_LOGS, reason: ONE_ANALYZER },
  { app: 'allFourMonitors', stack: 'CreditRisk', path: RETRAINING_QUEUE, reason: ONE_QUEUE },
  { app: 'allFourMonitors', stack: 'CreditRisk', path: QUEUE, reason: ONE_QUEUE },
  { app: 'batchTransform', stack: 'NightlyScores', path: QUEUE, reason: ONE_QUEUE },
  { app: 'birdStrikes', stack: 'BirdStrikes', path: RETRAINING_QUEUE, reason: ONE_QUEUE },
  { app: 'birdStrikes', stack: 'BirdStrikes', path: QUEUE, reason: ONE_QUEUE },
  { app: 'existingEndpoint', stack: 'MonitoredByHand', path: QUEUE, reason: ONE_QUEUE },
  { app: 'existingEndpoint', stack: 'MonitoredByName', path: QUEUE, reason: ONE_QUEUE },
  { app: 'migrated', stack: 'Credit', path: QUEUE, reason: ONE_QUEUE },
  { app: 'modelMonitor', stack: 'ModelMonitor', path: QUEUE, reason: ONE_QUEUE },
  { app: 'threeStacks', stack: 'Training', path: QUEUE, reason: ONE_QUEUE },
];
