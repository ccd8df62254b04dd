import type { TrainingIssueFound, TrainingSettings } from '../contract';
import { metricIssues } from './metric-issues';
import type { TrainingWork, WatchedRule } from './training-work';

const MINUTE = 60_000;

type Limits = Pick<TrainingSettings, 'longestMinutes' | 'stuckMinutes' | 'checks'>;

/** What is wrong with a training at this time. */
export function issuesOf(work: TrainingWork, limits: Limits, now: Date): TrainingIssueFound[] {
  const { status, rules, reason = 'SageMaker gives no reason' } = work;
  const found = rules.map(ruleIssue);
  if (status === 'Failed') return [...found, { issue: 'Failed', reason }];
  if (status === 'Stopped') return [...found, { issue: 'Stopped', reason }];
  if (status === 'Stopping') return found;
  const { checks } = limits;
  const { metrics, ended = now } = work;
  const ofMetrics = checks && metrics ? metricIssues(checks, metrics, ended) : [];
  return [...found, ...(status === 'UnderWay' ? timeIssues(work, limits, now) : []), ...ofMetrics];
}

function ruleIssue({ name, details }: WatchedRule): TrainingIssueFound {
  return {
    issue: 'RuleFoundIssues',
    rule: name,
    reason: details ?? `the rule ${name} of SageMaker Debugger found issues`,
  };
}

function timeIssues(work: TrainingWork, { longestMinutes, stuckMinutes }: Limits, now: Date): TrainingIssueFound[] {
  const { begun, lively, stage } = work;
  const issues: TrainingIssueFound[] = [];
  const went = begun && minutes(begun, now);
  if (longestMinutes !== undefined && went !== undefined && went > longestMinutes) {
    issues.push({ issue: 'OverLong', reason: `under way for ${went} minutes, ${longestMinutes} at most are expected` });
  }
  const silent = lively && minutes(lively, now);
  if (stuckMinutes !== undefined && silent !== undefined && silent > stuckMinutes) {
    issues.push({ issue: 'Stuck', reason: `no sign of life for ${silent} minutes${stage ? `, while ${stage}` : ''}` });
  }
  return issues;
}

const minutes = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / MINUTE);
