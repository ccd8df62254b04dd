import type { SignalName } from '../kind/kind-signals';
import type { ExecutionCompletedDetail } from '../outcome/contract';
import type { KeptDecision } from '../outcome/retraining/contract';
import { aboutRun } from './about-run';
import { facts } from './facts';
import { headline, subject, watchedName } from './headline';
import { type Digest, formatted } from './message-format';
import { linksOf, type MessageContext } from './message-links';
import { plain, plainDetail } from './plain-text';

const REASONS: { readonly [reason in NonNullable<KeptDecision['reason']>]: string } = {
  CoolDown: 'the last one began less than its cool-down ago',
  TrainedSince: 'one has begun since the run was concluded',
  PipelineRunning: 'the pipeline is running',
};

/** What was done about an outcome, in the thread of the message that told it. */
export function decisionMessage(
  told: ExecutionCompletedDetail,
  decision: KeptDecision,
  context: MessageContext,
): Digest {
  const detail = plainDetail(told);
  const what = decision.decision === 'Started' ? 'Training started: ' : 'No training: ';
  const line = (watched: string) => `${what}${headline(detail, watched)}`;
  const paragraphs = [`${facts(detail)}\nTraining:  ${words(decision)}${because(decision)}`];
  const advice = decision.decision === 'Started' ? STARTED : DECLINED;
  const parts = { about: aboutRun(detail), paragraphs, links: linksOf(detail, context), advice };
  return formatted({ ...parts, title: line(watchedName(detail)), subject: subject(detail, line) }, context.format);
}

function words({ decision, reason, executionArn, pipelineName }: KeptDecision): string {
  const pipeline = plain(pipelineName);
  if (decision === 'Started') return `${pipeline} was started: ${plain(executionArn ?? '')}`;
  return `${pipeline} was not started: ${reason === undefined ? 'no reason was given' : REASONS[reason]}`;
}

const SIGNS: { readonly [signal in SignalName]: string } = {
  DataDrift: 'data drift',
  ConceptDrift: 'concept drift',
  ModelDecay: 'model decay',
  QualityLoss: 'quality beyond its threshold',
  BiasDrift: 'bias',
  AttributionDrift: 'other attributions',
  DataForm: 'the form of data',
};

/** What a note says that somebody else may have written is told where it is known. */
function because({ signals = [] }: KeptDecision): string {
  const known = signals.flatMap((signal) => (Object.hasOwn(SIGNS, signal) ? SIGNS[signal] : []));
  return known.length === 0 ? '' : `\nSign of:   ${known.join(', ')}`;
}

const STARTED =
  'see how the training ends, and compare the new model with the one that serves before it takes its place.';

const DECLINED = 'nothing, if that training is to answer this as well; else start the pipeline by hand.';
