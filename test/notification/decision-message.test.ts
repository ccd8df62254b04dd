import { decisionMessage } from '../../lib/notification/decision-message';
import { digest } from '../../lib/notification/digest';
import type { MessageContext } from '../../lib/notification/message-links';
import type { KeptDecision } from '../../lib/outcome/retraining/contract';
import { findings } from '../outcome/claims';

const WHERE: MessageContext = { region: 'eu-west-1', documentationUrl: 'https://docs.example.com' };
const SPELL = { since: '2026-03-04T07:00:00.000Z', until: '2026-03-04T09:00:00.000Z', windows: 1 };
const INCIDENT = { ...SPELL, id: SPELL.since, quietWindows: 0, findingCount: 2, newCount: 2, findings: [] };
const { outcome } = findings({ incidents: { changes: ['Begun'], incident: INCIDENT }, recordCount: 317 });
const OF = { version: '1', trigger: 'f'.repeat(16), pipelineName: 'retrain' } as const;
const STARTED: KeptDecision = {
  ...OF,
  decision: 'Started',
  executionArn: 'arn:aws:sagemaker:eu-west-1:111122223333:pipeline/retrain/execution/x',
};
const declined = (reason: KeptDecision['reason']): KeptDecision => ({ ...OF, decision: 'Declined', reason });

test('a training that was started is told whole', () => {
  const { subject, body } = decisionMessage(outcome, STARTED, WHERE);
  expect(`${subject}\n\n${body}`).toMatchSnapshot();
});

test.each([
  ['CoolDown', 'the last one began less than its cool-down ago'],
  ['TrainedSince', 'one has begun since the run was concluded'],
  ['PipelineRunning', 'the pipeline is running'],
  [undefined, 'no reason was given'],
] as const)('one that was not started is told with its reason: %s', (reason, words) => {
  const { subject, body } = decisionMessage(outcome, declined(reason), WHERE);
  expect(subject).toBe(
    'No training: 2 violations in data quality of churn, since 2026-03-04 07:00 UTC (Stack/DataQuality)',
  );
  expect(body).toContain(`\nTraining:  retrain was not started: ${words}\n`);
  expect(body).toContain(
    'What to do: nothing, if that training is to answer this as well; else start the pipeline by hand.\n',
  );
});

test('what the violations are a sign of is told beside it, as far as that is known', () => {
  const told = (signals: readonly string[]) =>
    decisionMessage(outcome, { ...STARTED, signals: signals as KeptDecision['signals'] }, WHERE).body;
  expect(told(['ConceptDrift', 'ModelDecay'])).toContain('\nSign of:   concept drift, model decay\n');
  expect(told(['toString', 'https://evil.example'])).not.toContain('Sign of');
});

test('a subject that has no room for a time has none', () => {
  const long = { ...outcome, monitorKind: 'ModelBias', endpointName: 'credit-risk' } as const;
  expect(decisionMessage(long, declined('CoolDown'), WHERE).subject).toBe(
    'No training: Bias of credit-risk is farther from 0 than its baseline in 2 metrics (Stack/DataQu...)',
  );
});

test('it is in the thread of the message about the run', () => {
  const chat = { ...WHERE, format: 'AmazonQ' } as const;
  const thread = ({ body }: { readonly body: string }) => JSON.parse(body).metadata.threadId;
  expect(thread(decisionMessage(outcome, STARTED, chat))).toBe(thread(digest(outcome, chat)));
});

test('what was kept is as harmless as what was found', () => {
  const nasty = { ...STARTED, pipelineName: 'a\nhttps://evil.example', executionArn: 'b\u202ehttps://evil.example' };
  const { body } = decisionMessage(outcome, nasty, WHERE);
  expect(body).toContain(
    'Training:  a\\u{a}https[:]//evil[.]example was started: b\\u{202e}https[:]//evil[.]example\n',
  );
});
