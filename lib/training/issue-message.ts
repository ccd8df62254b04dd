import { sectionUrl } from '../core/contract';
import { type Digest, formatted, type MessageAbout, type MessageParts } from '../notification/message-format';
import { dashboardLinks, type MessageContext } from '../notification/message-links';
import { plainTexts } from '../notification/plain-text';
import { subjectText } from '../notification/subject-text';
import type { TrainingIssueDetail, TrainingIssueName } from './contract';

const SAID: { readonly [issue in TrainingIssueName]: string } = {
  Failed: 'failed',
  Stopped: 'was stopped',
  Stuck: 'is stuck',
  OverLong: 'takes too long',
  RuleFoundIssues: 'has an issue',
  NotFalling: 'does not learn any more',
  Apart: 'learns by heart',
  NotANumber: 'computes no numbers',
};

/** Where people look next. */
const LOOK_AT: { readonly [issue in TrainingIssueName]: string } = {
  Failed: 'its logs, of the log group /aws/sagemaker/TrainingJobs, and the step of the pipeline that started it',
  Stopped: 'who stopped it: CloudTrail has the call; MaxRuntimeExceeded says that its own limit did',
  Stuck: 'what it waits for: capacity, its input, its image; its stage is in the console',
  OverLong: 'how far it is, by its metrics; raise longest where that is usual by now',
  RuleFoundIssues: 'the output of the rule, and the tensors that it is of',
  NotFalling:
    'the metric in CloudWatch, in the namespace /aws/sagemaker/TrainingJobs: a rate of learning that is too high or too low, or a training that is at its end',
  Apart:
    'both metrics in CloudWatch, in the namespace /aws/sagemaker/TrainingJobs: too little data, too large a model, or an end that should have come before',
  NotANumber:
    'the lines of its log that say so, and what came before: a rate of learning that is too high, a division by zero, input that is no number',
};

/**
 * The message about an issue of a training, in the form that digests have: what, why, whether it was stopped, and what to look at. All messages about one training are one thread.
 */
export function issueMessage(told: TrainingIssueDetail, context: Omit<MessageContext, 'region'>): Digest {
  const detail = plainTexts(told);
  const { watch, work, issue, reason, isStopped, arn } = detail;
  const name = work.slice(work.lastIndexOf('/') + 1);
  const done = isStopped ? 'it was asked to stop because of this' : 'nothing';
  const what = `Training ${name} ${SAID[issue]}`;
  const [, , , region] = told.arn.split(':');
  const parts: MessageParts = {
    about: aboutIssue(detail, name),
    subject: subjectText(`${what} (${watch})`),
    title: `${what}${foundBy(detail)}`,
    paragraphs: [`Reason:    ${reason}\nWatched:   ${watch}\nDone:      ${done}`],
    links: [
      { name: 'Training', address: arn },
      ...dashboardLinks({ ...context, region }),
      { name: 'Runbook', address: sectionUrl(context.documentationUrl, 'training', issue) },
    ],
    advice: `look at ${LOOK_AT[issue]}.`,
  };
  return formatted(parts, context.format);
}

function aboutIssue(detail: TrainingIssueDetail, name: string): MessageAbout {
  const { watch, arn, issue, metric, rule } = detail;
  const of = metric ?? rule;
  return {
    news: issue,
    thread: `${watch} ${name}`,
    id: of === undefined ? `${arn} ${issue}` : `${arn} ${issue} ${of}`,
    keywords: [watch, name, issue],
    told: { issue: detail },
  };
}

function foundBy({ rule, metric }: TrainingIssueDetail): string {
  if (rule !== undefined) return `, by the rule ${rule}`;
  return metric === undefined ? '' : `, by the metric ${metric}`;
}
