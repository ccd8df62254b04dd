import { sectionUrl } from '../core/contract';
import type { Digest } from '../notification/message-format';
import { plain } from '../notification/plain-text';
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

/** The message about an issue of a training: what, why, whether it was stopped, and what to look at. */
export function issueMessage(detail: TrainingIssueDetail, documentationUrl: string): Digest {
  const { watch, work, issue, reason, isStopped } = detail;
  const name = plain(work.slice(work.lastIndexOf('/') + 1));
  const lines = [
    `The training ${name} ${SAID[issue]}${foundBy(detail)}.`,
    '',
    `Reason:    ${plain(reason)}`,
    `Watched:   ${plain(watch)}`,
    `ARN:       ${detail.arn}`,
    '',
    isStopped ? 'It was asked to stop because of this.' : 'Nothing was done about it.',
    `Look at ${LOOK_AT[issue]}.`,
    `More: ${sectionUrl(documentationUrl, 'training', issue)}`,
  ];
  return { subject: subjectText(`Training ${name} ${SAID[issue]} (${watch})`), body: `${lines.join('\n')}\n` };
}

function foundBy({ rule, metric }: TrainingIssueDetail): string {
  if (rule !== undefined) return `, by the rule ${plain(rule)}`;
  return metric === undefined ? '' : `, by the metric ${plain(metric)}`;
}
