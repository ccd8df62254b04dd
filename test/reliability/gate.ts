import type { ExecutionReport } from '../../lib/outcome/contract';
import { type GateResult, handler } from '../../lib/retraining/handler/gate.lambda';
import { TableRow } from '../handlers/table-row';
import { claimOf, findings } from '../outcome/claims';
import { RUN } from '../outcome/run';
import { Cloud } from './cloud';
import { drawn, everyTrial, numbers, type Schedule, withPauses } from './schedule';
import { type Invocation, type Services, Stage } from './stage';
import type { Tried } from './trial';

// Events of one retraining trigger, true ones and forged ones, reports, the queue of Lambda that tries each three times, a table with one row, and a pipeline.

/** As Lambda waits, and as long as the gate may run. */
const [RETRIES, LIMIT] = [[60, 120], 60];
const START = new Date('2026-03-04T10:10:00Z');
/** Seconds within which one training is enough. */
export const COOL_DOWN = 86_400;
/** After so many milliseconds the service has forgotten the token of a start: how long it knows one is not documented. */
const KNOWN_MILLISECONDS = 3_600_000;

type Input = Record<string, unknown>;

/** Something that was found, of which there is a report. */
interface Finding {
  readonly key: string;
  readonly report: ExecutionReport;
  /** seconds after the trial has begun */
  readonly concluded: number;
}

/** What a run found that was due at this hour. */
function findingAt(hour: number, concluded: number): Finding {
  const folder = `reports/${RUN.monitorId}/2026/03/04/0${hour}/`;
  const found = findings({ reportUri: `s3://out/${folder}`, outcomeId: `${hour}`.repeat(32) });
  const concludedAt = new Date(START.getTime() + concluded * 1000).toISOString();
  return { key: `${folder}report.json`, report: { ...found, concludedAt }, concluded };
}

/** What somebody makes up who wants a training: of a window without a report, and of another outcome than the report has. */
const FORGED = [{ reportUri: `s3://out/reports/Stack/DataQuality/2026/03/04/23/` }, { executionId: 'made up' }];

interface Execution {
  readonly arn: string;
  readonly token: string;
  readonly description: unknown;
  readonly start: number;
}

/** A table and a pipeline, whose executions last so many seconds. */
class GateCloud implements Services {
  public readonly executions: Execution[] = [];
  private readonly row = new TableRow();
  private readonly store: Cloud;

  constructor(
    private readonly lastSeconds: number,
    findings: readonly Finding[],
  ) {
    this.store = new Cloud(new Map(findings.map(({ key, report }) => [`out/${key}`, JSON.stringify(report)])));
  }

  public answer(command: string, input: Input): object {
    switch (command) {
      case 'UpdateItemCommand':
        return this.row.update(input as never);
      case 'ListPipelineExecutionsCommand':
        return { PipelineExecutionSummaries: this.executions.map((one) => this.summary(one)) };
      case 'StartPipelineExecutionCommand':
        return this.start(input);
      default:
        return this.store.answer(command, input);
    }
  }

  private summary({ arn, start, description }: Execution): object {
    const isOver = start + this.lastSeconds * 1000 <= Date.now();
    return {
      PipelineExecutionArn: arn,
      StartTime: new Date(start),
      PipelineExecutionStatus: isOver ? 'Failed' : 'Executing',
      PipelineExecutionDescription: description,
    };
  }

  private start({ ClientRequestToken, PipelineExecutionDescription: description }: Input): object {
    const token = String(ClientRequestToken);
    const isKnown = (one: Execution) => one.token === token && Date.now() < one.start + KNOWN_MILLISECONDS;
    const before = this.executions.find(isKnown);
    if (!before) this.executions.push({ arn: `arn:${this.executions.length}`, token, description, start: Date.now() });
    return { PipelineExecutionArn: (before ?? this.executions[this.executions.length - 1]).arn };
  }
}

/**
 * What does not hold: a training is started for something that was found, and once for it, another one after the cool-down; what is told is answered by a training of its time, or
 * lies in the queue; and what was declined stays so.
 */
function broken({ executions }: GateCloud, deliveries: readonly Delivery[]): string[] {
  const starts = executions.map(({ start }) => start).sort((a, b) => a - b);
  const isTooSoon = starts.some((start, index) => start < starts[index - 1] + COOL_DOWN * 1000);
  const told = deliveries.filter(({ claimed }) => Object.keys(claimed).length === 0);
  const isAnswered = ({ finding: { concluded } }: Delivery) =>
    starts.some((start) => start > START.getTime() + (concluded - COOL_DOWN) * 1000);
  const isLost = told.some((one) => !one.isDeadLetter && !isAnswered(one));
  return [
    ...(isTooSoon ? ['a training is started twice'] : []),
    ...(executions.length > 0 && told.length === 0 ? ['a training is started that nobody reported'] : []),
    ...(isLost ? ['a trigger is lost'] : []),
    ...[...new Set(told.map(({ finding }) => finding))].flatMap((finding) =>
      decidedTwice(
        executions,
        told.filter((one) => one.finding === finding),
      ),
    ),
  ];
}

/** What does not hold of the tellings of one outcome. */
function decidedTwice(executions: readonly Execution[], told: readonly Delivery[]): string[] {
  const started = executions.filter(({ arn }) => told.some((one) => one.executionArn === arn));
  const declinedAt = Math.min(...told.map((one) => one.declinedAt ?? Number.POSITIVE_INFINITY));
  return [
    ...(started.length > 1 ? ['an outcome starts two trainings'] : []),
    ...(started.some(({ start }) => start > declinedAt) ? ['what was declined is started'] : []),
  ];
}

interface Delivery {
  readonly eventId: string;
  readonly finding: Finding;
  readonly afterSeconds: number;
  /** what of the event is made up */
  readonly claimed: object;
  isDeadLetter: boolean;
  /** of the training that it started */
  executionArn?: string;
  /** epoch milliseconds */
  declinedAt?: number;
}

function invocationOf(delivery: Delivery): Invocation {
  const { eventId, finding, afterSeconds, claimed } = delivery;
  return {
    name: eventId,
    attempts: 1 + RETRIES.length,
    retryAfterSeconds: RETRIES,
    limitSeconds: LIMIT,
    afterSeconds,
    invoke: () => handler({ id: eventId, concerns: ['Drift'], ...claimOf({ ...finding.report.outcome, ...claimed }) }),
    followers: ({ hasSucceeded, result }) => {
      delivery.isDeadLetter = !hasSucceeded;
      if (hasSucceeded) note(delivery, result as GateResult);
      return [];
    },
  };
}

function note(delivery: Delivery, result: GateResult): void {
  if (result.decision === 'started') delivery.executionArn = result.executionArn;
  else delivery.declinedAt = Date.now();
}

/** Seconds within which things are found, and told again. */
const SPREADS = [240, 3600, 2 * COOL_DOWN];

/**
 * Two or three events of one or two outcomes, within four minutes, an hour or two days after these were concluded, true or forged, each delivered once or twice, and some outcomes told again when all that is over, of a pipeline
 * whose executions last for 40 minutes or fail at once; up to six faults.
 */
export async function drawnGate(seed: number): Promise<Tried> {
  const next = numbers(seed);
  const below = (count: number) => Math.floor(next() * count);
  const [within, spread] = [SPREADS[below(3)], SPREADS[below(3)]];
  const findings = [8, 9].slice(below(2)).map((hour) => findingAt(hour, below(within)));
  const deliveries: Delivery[] = [];
  for (let event = 2 + below(2); event > 0; event--) {
    const claimed = [{}, {}, {}, ...FORGED][below(5)];
    const finding = findings[below(findings.length)];
    for (let time = 1 + below(2); time > 0; time--) {
      const afterSeconds = finding.concluded + below(spread);
      deliveries.push({ eventId: `event ${event}`, finding, afterSeconds, claimed, isDeadLetter: false });
    }
  }
  const faulty = drawn(next, 0.2, 6);
  const schedule = next() < 0.5 ? faulty : withPauses(faulty); // in which nobody is ended for being overtaken by hours
  const again = findings.slice(below(findings.length + 1)).map((finding, index) => {
    return {
      eventId: `event again ${index}`,
      finding,
      afterSeconds: finding.concluded + below(2 * COOL_DOWN),
      claimed: {},
      isDeadLetter: false,
    };
  });
  return triedOn(new GateCloud(below(2) * 2400, findings), [deliveries, again], schedule);
}

/** Delivers events, and others when all is over that the first led to. */
async function triedOn(cloud: GateCloud, all: readonly (readonly Delivery[])[], schedule: Schedule): Promise<Tried> {
  jest.setSystemTime(START);
  const stage = new Stage(cloud);
  for (const deliveries of all) await stage.run(deliveries.map(invocationOf), schedule);
  return { broken: broken(cloud, all.flat()), steps: stage.steps };
}

/** More steps than an event has. */
const STEPS = 9;

/** Two events: of one outcome, one that is delivered twice, and of two outcomes. */
export const PAIRS = ['tellings', 'deliveries', 'outcomes'] as const;

/** All trials of two events, of a pipeline whose executions fail at once; each outcome is told once more two days later. */
export function everyGateOfTwo(
  pair: (typeof PAIRS)[number],
  each: (name: string, tried: Tried) => void,
): Promise<number> {
  const [one, other] = [8, 9].map((hour) => findingAt(hour, 0));
  const findings = [one, pair === 'outcomes' ? other : one];
  const told = (eventId: string, finding: Finding, afterSeconds: number): Delivery => {
    return { eventId, finding, afterSeconds, claimed: {}, isDeadLetter: false };
  };
  const run = (schedule: Schedule) => {
    const first = findings.map((finding, index) => told(`event ${pair === 'deliveries' ? 0 : index}`, finding, 0));
    const again = [...new Set(findings)].map((finding, index) => told(`again ${index}`, finding, 2 * COOL_DOWN));
    return triedOn(new GateCloud(0, findings), [first, again], schedule);
  };
  return everyTrial({ most: STEPS, run, each: (name, tried) => each(`${pair} ${name}`, tried) });
}
