import { handler } from '../../lib/retraining/handler/gate.lambda';
import { TableRow } from '../handlers/table-row';
import { claimOf, findings, REPORT_KEY } from '../outcome/claims';
import { Cloud } from './cloud';
import { drawn, numbers, type Schedule } from './schedule';
import { type Invocation, type Services, Stage } from './stage';
import type { Tried } from './trial';

// Events of one retraining trigger, true ones and forged ones, a report, the queue of Lambda that tries each three times, a table with one row, and a pipeline.

/** As Lambda waits, and as long as the gate may run. */
const [RETRIES, LIMIT] = [[60, 120], 60];

type Input = Record<string, unknown>;

const REPORT = findings();

/** What somebody makes up who wants a training: of a window without a report, and of another outcome than the report has. */
const FORGED = [{ reportUri: `s3://out/reports/Stack/DataQuality/2026/03/04/23/` }, { executionId: 'made up' }];

interface Execution {
  readonly token: string;
  readonly description: unknown;
  readonly start: number;
}

/** A table and a pipeline, whose executions last so many seconds. */
class GateCloud implements Services {
  public readonly executions: Execution[] = [];
  private readonly row = new TableRow();
  private readonly store = new Cloud(new Map([[`out/${REPORT_KEY}`, JSON.stringify(REPORT)]]));

  constructor(private readonly lastSeconds: number) {}

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

  private summary({ start, description }: Execution): object {
    const isOver = start + this.lastSeconds * 1000 <= Date.now();
    return {
      StartTime: new Date(start),
      PipelineExecutionStatus: isOver ? 'Failed' : 'Executing',
      PipelineExecutionDescription: description,
    };
  }

  private start({ ClientRequestToken, PipelineExecutionDescription: description }: Input): object {
    const token = String(ClientRequestToken);
    if (!this.executions.some((one) => one.token === token)) {
      this.executions.push({ token, description, start: Date.now() });
    }
    return { PipelineExecutionArn: `arn:${token}` };
  }
}

/** What does not hold: within the cool-down one training is started, by a true event alone, and none of these is dropped before one is. */
function broken({ executions }: GateCloud, deliveries: readonly Delivery[]): string[] {
  const isTrue = ({ claimed }: Delivery) => Object.keys(claimed).length === 0;
  const lost = executions.length === 0 && deliveries.some((one) => isTrue(one) && !one.isDeadLetter);
  return [
    ...(executions.length > 1 ? ['a training is started twice'] : []),
    ...(executions.length > 0 && !deliveries.some(isTrue) ? ['a training is started that nobody reported'] : []),
    ...(lost ? ['a trigger is lost'] : []),
  ];
}

interface Delivery {
  readonly eventId: string;
  readonly afterSeconds: number;
  /** what of the event is made up */
  readonly claimed: object;
  isDeadLetter: boolean;
}

function invocationOf(delivery: Delivery): Invocation {
  const { eventId, afterSeconds, claimed } = delivery;
  return {
    name: eventId,
    attempts: 1 + RETRIES.length,
    retryAfterSeconds: RETRIES,
    limitSeconds: LIMIT,
    afterSeconds,
    invoke: () => handler({ id: eventId, concerns: ['Drift'], ...claimOf({ ...REPORT.outcome, ...claimed }) }),
    followers: ({ hasSucceeded }) => {
      delivery.isDeadLetter = !hasSucceeded;
      return [];
    },
  };
}

/** Two or three events within four minutes or an hour, true or forged, each delivered once or twice, of a pipeline whose executions last for 40 minutes or fail at once; up to six faults. */
export async function drawnGate(seed: number): Promise<Tried> {
  const next = numbers(seed);
  const below = (count: number) => Math.floor(next() * count);
  const spread = [240, 3600][below(2)];
  const deliveries: Delivery[] = [];
  for (let event = 2 + below(2); event > 0; event--) {
    const claimed = [{}, {}, ...FORGED][below(4)];
    for (let time = 1 + below(2); time > 0; time--) {
      deliveries.push({ eventId: `event ${event}`, afterSeconds: below(spread), claimed, isDeadLetter: false });
    }
  }
  return triedOn(new GateCloud(below(2) * 2400), deliveries, drawn(next, 0.2, 6));
}

async function triedOn(cloud: GateCloud, deliveries: readonly Delivery[], schedule: Schedule): Promise<Tried> {
  const stage = new Stage(cloud);
  await stage.run(deliveries.map(invocationOf), schedule);
  return { broken: broken(cloud, deliveries), steps: stage.steps };
}
