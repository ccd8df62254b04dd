import { createHash } from 'node:crypto';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type ObjectLocation, objectIn } from '../../core/contract';
import { sendOnce } from '../../notification/handler/message-note';
import { EVENT_SOURCE } from '../../outcome/contract';
import { documentationUrl } from '../../runtime/documentation';
import { putEvent } from '../../runtime/events';
import { log } from '../../runtime/log';
import { readJsonIfExists } from '../../runtime/s3';
import { TRAINING_ISSUE, type TrainingIssueDetail, type TrainingIssueFound, type TrainingSettings } from '../contract';
import { issueMessage } from '../issue-message';
import { stopExecution } from './pipeline-executions';
import { stopJob } from './training-jobs';
import type { TrainingWork } from './training-work';
import { issuesOf } from './work-issues';

const sns = new SNSClient({});

/** Tells each issue of a training that was not told, and stops the training where that is asked for; a failure to stop is thrown when all is told. */
export async function tellIssues(settings: TrainingSettings, work: TrainingWork, now: Date): Promise<void> {
  const issues = issuesOf(work, settings, now);
  const [reason] = issues.filter(({ issue }) => work.status === 'UnderWay' && settings.stopOn.includes(issue));
  const stop = reason && (await stopped(settings, work));
  for (const found of issues) {
    if (found.issue === 'Stopped' && (await wasOurs(settings, work))) continue;
    await tellOnce(settings, work, { ...found, isStopped: found === reason && stop?.error === undefined });
  }
  if (stop?.error !== undefined) throw stop.error;
}

async function stopped({ jobPrefix, name: watch }: TrainingSettings, { name }: TrainingWork) {
  try {
    await (jobPrefix === undefined ? stopExecution(name) : stopJob(name));
    log('stopped', { watch, work: name });
    return {};
  } catch (error) {
    return { error };
  }
}

type Told = TrainingIssueFound & Pick<TrainingIssueDetail, 'isStopped'>;
type SentNote = { readonly messageId?: string };
type Reason = Pick<TrainingIssueFound, 'issue' | 'rule' | 'metric'>;

async function tellOnce(settings: TrainingSettings, { name: work, arn }: TrainingWork, found: Told): Promise<void> {
  const detail: TrainingIssueDetail = { version: '1', watch: settings.name, work, arn, ...found };
  const location = noteOf(settings, work, found);
  const messageId = await sendOnce({ location, about: `${arn} ${found.issue}`, send: () => sent(settings, detail) });
  const told = messageId === undefined ? 'not told' : 'told';
  log(told, { watch: settings.name, work, issue: found.issue, isStopped: found.isStopped });
}

/** Returns the id of the message, or of the event where there is no topic. */
async function sent({ topicArn, eventBus, message }: TrainingSettings, detail: TrainingIssueDetail): Promise<string> {
  const event = { Source: EVENT_SOURCE, DetailType: TRAINING_ISSUE, Detail: JSON.stringify(detail) };
  await putEvent(eventBus === undefined ? event : { ...event, EventBusName: eventBus });
  if (topicArn === undefined) return 'event';
  const { subject, body } = issueMessage(detail, { ...message, documentationUrl: documentationUrl() });
  const { MessageId: id = '' } = await sns.send(
    new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body }),
  );
  return id;
}

/** Whether it was stopped here, and that was told: what was noted, and could not be sent, is told as what it has come to. */
async function wasOurs(settings: TrainingSettings, { name, rules }: TrainingWork): Promise<boolean> {
  const { stopOn, checks = [] } = settings;
  const reasons: Reason[] = [
    ...stopOn.map((issue) => ({ issue })),
    ...checks.filter(({ issue }) => stopOn.includes(issue)),
  ];
  if (stopOn.includes('RuleFoundIssues')) {
    reasons.push(...rules.map(({ name: rule }) => ({ issue: 'RuleFoundIssues', rule }) as const));
  }
  for (const reason of reasons) {
    const note = await readJsonIfExists<SentNote>(noteOf(settings, name, reason));
    if (note?.messageId !== undefined) return true;
  }
  return false;
}

/** One for each issue of a training, and each rule or metric that has one. */
function noteOf({ notes }: TrainingSettings, work: string, { issue, rule, metric = rule }: Reason): ObjectLocation {
  const about = metric === undefined ? issue : `${issue}-${shortHash(metric)}`;
  return objectIn(notes, `${work.slice(work.lastIndexOf('/') + 1)}/${about}.json`);
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
