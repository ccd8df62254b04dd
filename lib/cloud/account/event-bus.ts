import type { Members } from '../members';
import { matchesPattern } from '../semantics/event-pattern/event-pattern';
import type { BusEvent, Recorder } from './recorder';
import type { Simulation } from './simulation';
import type { EventTarget, TargetDelivery } from './targets';

/** A rule of the account. */
export interface EventRule {
  readonly arn: string;
  readonly name: string;
  readonly busArn: string;
  /** parsed; undefined for a rule that only has a schedule */
  readonly pattern: Members | undefined;
  readonly enabled: boolean;
  readonly targets: EventTarget[];
}

/** What a caller of PutEvents says. */
export interface NewEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Members;
  readonly resources: string[];
}

/** What the bus works with. */
export interface EventBusProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly targets: TargetDelivery;
  readonly accountId: string;
  readonly region: string;
  /** delivers each event twice to each target: delivery is at least once */
  readonly duplicateEvents: boolean;
}

/** Virtual milliseconds from an event to its first delivery, and from there to the second one. */
const DELIVERY_TIME = 400;
const DUPLICATE_TIME = 3000;

/** EventBridge's buses: every enabled rule whose pattern matches an event hands it to the rule's targets. */
export class EventBus {
  private readonly rules: EventRule[] = [];
  private count = 0;

  public constructor(private readonly props: EventBusProps) {}

  public addRule(rule: EventRule): void {
    this.rules.push(rule);
  }

  public removeRule(arn: string): void {
    this.rules.splice(0, this.rules.length, ...this.rules.filter((rule) => rule.arn !== arn));
  }

  public allRules(): readonly EventRule[] {
    return this.rules;
  }

  /** ARN of a bus by name or ARN. */
  public arnOf(nameOrArn: string): string {
    const { region, accountId } = this.props;
    return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:events:${region}:${accountId}:event-bus/${nameOrArn}`;
  }

  /** Takes an event and returns its id; it is delivered later. */
  public put({ source, detailType, detail, resources }: NewEvent, busArn: string): string {
    this.count++;
    const { recorder, region, accountId } = this.props;
    const event: BusEvent = {
      version: '0',
      id: `00000000-0000-4000-9000-${String(this.count).padStart(12, '0')}`,
      'detail-type': detailType,
      source,
      account: accountId,
      time: recorder.time.replace(/\.\d+Z$/, 'Z'),
      region,
      resources,
      detail,
    };
    recorder.events.push(event);
    if (!source.startsWith('aws.')) {
      recorder.happened('event', detailType, `from ${source}${statusOf(detail)}`);
    }
    for (const rule of this.rules) {
      if (rule.enabled && rule.busArn === busArn && rule.pattern !== undefined && matchesPattern(rule.pattern, event)) {
        this.matched(rule, event);
      }
    }
    return event.id;
  }

  private matched(rule: EventRule, event: BusEvent): void {
    const { recorder, simulation, targets, duplicateEvents } = this.props;
    recorder.matches.push({ ruleArn: rule.arn, event });
    recorder.happened(
      'event',
      `${recorder.title(rule.arn)} matches`,
      rule.targets.map(({ arn }) => recorder.title(arn)).join(', ') || 'it has no target',
    );
    for (const target of rule.targets) {
      simulation.after(DELIVERY_TIME, () => targets.deliver(target, event, rule.arn));
      if (duplicateEvents) {
        simulation.after(DELIVERY_TIME + DUPLICATE_TIME, () => targets.deliver(target, event, rule.arn));
      }
    }
  }
}

function statusOf(detail: Members): string {
  return typeof detail.status === 'string' ? `: ${detail.status}` : '';
}
