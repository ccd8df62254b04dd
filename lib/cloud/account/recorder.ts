import type { Members } from '../members';
import type { TimelineEntry, TimelineLane } from './timeline';

/** A message that arrived at a topic. */
export interface DeliveredMessage {
  readonly time: string;
  readonly topic: string;
  readonly sender: string;
  readonly subject?: string;
  readonly body: string;
}

/** A pipeline execution that the gate started. */
export interface StartedRetraining {
  readonly time: string;
  readonly pipeline: string;
  readonly clientRequestToken: string;
  readonly executionArn: string;
}

/** An attempt to hand something on: an event to a target, an alarm to an action. */
export interface Delivery {
  readonly time: string;
  /** ARN of the rule, alarm or schedule that hands on */
  readonly from: string;
  readonly to: string;
  readonly delivered: boolean;
  /** why it was delivered or not */
  readonly reason: string;
  /** the event's id; a second delivery of the same event has the same one */
  readonly eventId?: string;
}

/** An event that a rule's pattern let through. */
export interface RuleMatch {
  readonly ruleArn: string;
  readonly event: BusEvent;
}

/** A call that no policy allows. */
export interface DeniedCall {
  readonly time: string;
  /** ARN of the role, or the service's name */
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
}

/** One change of an alarm's state. */
export interface AlarmChange {
  readonly time: string;
  readonly alarmArn: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** One run of a state machine. */
export interface MachineRun {
  readonly machineArn: string;
  readonly name: string;
  /** ARN of the schedule, the role of a caller, or the rule that started it */
  readonly startedBy: string;
  readonly input: unknown;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly cause?: string;
  /** that Map states were given, or that the function of one was given alone */
  readonly items: number;
}

/** One state that an execution entered, of a Map's children also. */
export interface Transition {
  readonly time: string;
  readonly machineArn: string;
  readonly state: string;
  /** whether it is the first one of a Map's child, whose start counts as well */
  readonly startsChild: boolean;
}

/** One call of a function. */
export interface Invocation {
  readonly time: string;
  readonly functionArn: string;
  readonly invokedBy: string;
  readonly event: unknown;
  readonly error?: string;
  readonly result?: unknown;
}

/** One call of a service by a function, as the stand-in got it. */
export interface ApiCall {
  readonly time: string;
  readonly service: string;
  readonly operation: string;
  /** ARN of the caller's role */
  readonly caller: string;
  /** parsed, where it is JSON; else the path */
  readonly input: unknown;
  /** code of the error that was answered */
  readonly error?: string;
}

/** One event that reached a bus. */
export interface BusEvent extends Members {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
  readonly time: string;
}

/** One value that was published. */
export interface PublishedMetric {
  readonly time: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What happened: the timeline for readers, and the facts that expectations are decided by. */
export class Recorder {
  public readonly timeline: TimelineEntry[] = [];
  public readonly deliveries: Delivery[] = [];
  public readonly matches: RuleMatch[] = [];
  public readonly denied: DeniedCall[] = [];
  public readonly alarmChanges: AlarmChange[] = [];
  public readonly machineRuns: MachineRun[] = [];
  public readonly transitions: Transition[] = [];
  public readonly invocations: Invocation[] = [];
  public readonly apiCalls: ApiCall[] = [];
  public readonly events: BusEvent[] = [];
  public readonly metrics: PublishedMetric[] = [];
  public readonly messages: DeliveredMessage[] = [];
  public readonly retrainings: StartedRetraining[] = [];

  private readonly titles = new Map<string, string>();

  public constructor(
    private readonly now: () => Date,
    private readonly progress: (entry: TimelineEntry) => void,
  ) {}

  /** The virtual time, ISO 8601. */
  public get time(): string {
    return this.now().toISOString();
  }

  /** From now on, a resource goes by its title. */
  public call(arn: string, title: string): void {
    this.titles.set(arn, title);
  }

  /** What a resource goes by: its construct path, or the last part of its ARN. */
  public title(arn: string): string {
    return this.titles.get(arn) ?? arn.split(/[:/]/).at(-1) ?? arn;
  }

  /** Adds an entry to the timeline. */
  public happened(lane: TimelineLane, title: string, detail?: string): void {
    this.add({ time: this.time, lane, title, ...(detail === undefined ? {} : { detail }) });
  }

  /** Adds an entry that a reader must not overlook. */
  public problem(lane: TimelineLane, title: string, detail: string): void {
    this.add({ time: this.time, lane, title, detail, problem: true });
  }

  private add(entry: TimelineEntry): void {
    this.timeline.push(entry);
    this.progress(entry);
  }
}
