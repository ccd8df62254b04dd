import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { ObjectLocation } from '../../core/contract';
import { EVENT_SOURCE, type ExecutionCompletedDetail } from '../../outcome/contract';
import { type EndStep, type KeptTest, TEST_ENDED } from '../../outcome/tested/contract';
import { putEvent } from '../../runtime/events';
import { Failure } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { writeJson } from '../../runtime/s3';
import type { TestEndedDetail, TestSettings, Traffic } from '../contract';
import { testMessage } from '../test-message';
import { takeBack } from './variant-traffic';

const sns = new SNSClient({});

/** A test that a window has decided, and where that is kept. */
export interface EndedTest {
  readonly settings: TestSettings;
  readonly kept: KeptTest;
  readonly location: ObjectLocation;
  /** of the run whose window it is */
  readonly run: ExecutionCompletedDetail;
}

/**
 * Does what is left to do about the end of a test: takes the candidate's requests back where that was asked for and it is worse, then tells the bus and the topic. What
 * is done is kept after each step, so that another telling of the same run does nothing again. Throws, to be tried again, where the endpoint is not in service.
 */
export async function endTest(ended: EndedTest): Promise<void> {
  const { settings, run } = ended;
  const traffic = await trafficAfter(ended);
  const detail = detailOf(ended, traffic);
  const kept = traffic === 'NotYet' ? ended.kept : await done(ended, ended.kept, 'traffic');
  const told = await step(ended, kept, { name: 'event', deed: () => putEvent(eventOf(detail, settings)) });
  await step(ended, told, { name: 'message', deed: () => sendMessage(detail, settings) });
  log('test ended', { test: settings.name, outcome: detail.outcome, traffic, monitorId: run.monitorId });
  if (traffic !== 'NotYet') return;
  throw new Failure(
    'EndpointNotInService',
    `the candidate ${settings.candidate} of the test ${settings.name} is worse, and endpoint ${run.endpointName} is not in service, so that it still gets requests; it is tried again`,
  );
}

async function trafficAfter({ settings, kept, run }: EndedTest): Promise<Traffic> {
  if (kept.outcome !== 'Worse' || !settings.takesBack || run.endpointName === undefined) return 'AsItWas';
  return kept.done.includes('traffic') ? 'TakenBack' : takeBack(run.endpointName, settings);
}

interface Step {
  readonly name: EndStep;
  readonly deed: () => Promise<void>;
}

/** Does a step that was not done. */
async function step(ended: EndedTest, kept: KeptTest, { name, deed }: Step): Promise<KeptTest> {
  if (kept.done.includes(name)) return kept;
  await deed();
  return done(ended, kept, name);
}

async function done({ location }: EndedTest, kept: KeptTest, name: EndStep): Promise<KeptTest> {
  if (kept.done.includes(name)) return kept;
  const noted = { ...kept, done: [...kept.done, name] };
  await writeJson(location, noted);
  return noted;
}

function detailOf({ settings, kept, run }: EndedTest, traffic: Traffic): TestEndedDetail {
  const { since, until, windows, metrics, sameRequests, outcome = 'Undecided' } = kept;
  const { name, reference, candidate, shadow } = settings;
  const { monitorId, endpointName, reportUri } = run;
  const known = metrics.map(({ metric, difference }) => ({ metric, difference }));
  const progress = { since, until, windows, metrics: known, sameRequests, outcome };
  const variants = { reference, candidate, ...(shadow && { isShadow: true as const }) };
  return { version: '1', test: name, monitorId, endpointName, ...variants, ...progress, traffic, reportUri };
}

function eventOf(detail: TestEndedDetail, { eventBus }: TestSettings) {
  const event = { Source: EVENT_SOURCE, DetailType: TEST_ENDED, Detail: JSON.stringify(detail) };
  return eventBus === undefined ? event : { ...event, EventBusName: eventBus };
}

async function sendMessage(detail: TestEndedDetail, settings: TestSettings): Promise<void> {
  const { topicArn } = settings;
  if (topicArn === undefined) return;
  const { subject, body } = testMessage(detail, settings);
  await sns.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body }));
}
