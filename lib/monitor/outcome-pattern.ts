import { Lazy, Stack } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { deployedBytes } from '../core/deployed-size';
import { ValidationError } from '../core/validation-error';
import { EVENT_DETAIL_TYPE, EVENT_SOURCE, type ExecutionStatus } from '../outcome/contract';
import type { IncidentChange } from '../outcome/incident/contract';
import { RETRAINING_DETAIL_TYPE } from '../outcome/retraining/contract';
import type { Concern } from './concern';
import type { IMonitorGroup } from './monitor-group';

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MAX_PATTERN_SIZE = 2048;

/** All that a pattern needs of a group. */
type Watched = Pick<IMonitorGroup, 'monitorIds' | 'accounts' | 'regions'>;

/**
 * Which runs are meant: that ended so, and whose violations are about one of these concerns. Where absent, any.
 *
 * @internal
 */
export interface OutcomeChoice {
  readonly statuses?: ExecutionStatus[];
  readonly concerns?: Concern[];
  /** whether runs are meant, too, that end an incident, and events of what was done about a run */
  readonly forPeople?: true;
}

/** What a run changes that ends something. */
const ENDING: IncidentChange[] = ['Ended', 'Accepted', 'FailuresEnded'];

/**
 * Matches the runs of a group's monitors that are meant; monitors that join the group later are included.
 *
 * Who may put events on the bus may put any source and detail, but not what EventBridge itself writes: the account that put the event, and the region. So
 * a bus that is open to other accounts does not let them speak for monitors that are not theirs.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 * @internal
 */
export function outcomePattern(
  scope: Construct,
  monitors: Watched,
  { statuses, concerns, forPeople }: OutcomeChoice = {},
): events.EventPattern {
  const here = Stack.of(scope);
  const account = distinct(() => orHere(monitors.accounts, here.account));
  const region = distinct(() => orHere(monitors.regions, here.region));
  const monitorId = distinct(() => monitors.monitorIds);
  const status = statuses && { status: statuses };
  const ended = forPeople && { $or: [{ ...status }, { incidents: { changes: ENDING } }] };
  const detail = { ...(ended ?? status), ...(concerns && { concerns }), monitorId };
  const detailType = [EVENT_DETAIL_TYPE, ...(forPeople ? [RETRAINING_DETAIL_TYPE] : [])];
  return { source: [EVENT_SOURCE], detailType, account, region, detail };
}

/** Of a group without monitors, too: an empty list is no pattern. */
function orHere(places: readonly string[] | undefined, here: string): readonly string[] {
  return places?.length ? places : [here];
}

/** Read when the app is synthesized. */
function distinct(texts: () => readonly string[]): string[] {
  return Lazy.list({ produce: () => [...new Set(texts())].sort() });
}

/**
 * Makes synthesis fail for a rule with an `outcomePattern` that EventBridge would refuse: of no monitor, or of too many.
 *
 * @internal
 */
export function validateOutcomePattern(rule: events.Rule, monitors: Watched): void {
  const resource = rule.node.defaultChild as events.CfnRule;
  rule.node.addValidation({
    validate: () => {
      if (monitors.monitorIds.length === 0) {
        const problem = { prop: 'monitors', got: [], allowed: '1 monitor or more', advice: 'add one to the group' };
        return [new ValidationError('EmptyMonitorGroup', [problem], rule).message];
      }
      const size = deployedCharacters(Stack.of(rule).resolve(resource.eventPattern));
      if (size <= MAX_PATTERN_SIZE) return [];
      const allowed = `a rule's pattern of at most ${MAX_PATTERN_SIZE} characters`;
      const problem = { prop: 'monitors', got: `${size} characters`, allowed, advice: 'make a group for each part' };
      return [new ValidationError('TooManyMonitors', [problem], rule).message];
    },
  });
}

/** As EventBridge counts: what the deployment alone knows, as account and region, is as long as it can be. */
function deployedCharacters(pattern: object): number {
  const known = (_: string, value: unknown) => (isIntrinsic(value) ? 'x'.repeat(deployedBytes(value)) : value);
  return JSON.stringify(pattern, known).length;
}

function isIntrinsic(value: unknown): boolean {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}
