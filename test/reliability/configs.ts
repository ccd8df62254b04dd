import { handler } from '../../lib/engine/model-monitor/clarify/analysis-config/analysis-config.lambda';
import { answered, isHarmed } from './baseline-model';
import { DeploymentCloud } from './deployment-cloud';
import { drawn, everyTrial, numbers, type Schedule } from './schedule';
import { type Invocation, Stage } from './stage';
import type { Tried } from './trial';

// The custom resource of an analysis configuration, from CloudFormation's request to its answer: a creation, and an update to another text.

const URL = 'https://cloudformation.example/';
const TEXTS = { one: '{"label":"churned"}', two: '{"label":"churned","facet":[{"name_or_index":"age"}]}' } as const;

type Id = keyof typeof TEXTS;

/** CloudFormation invokes asynchronously: what throws is tried three times in all. */
function delivery(id: Id, Text: string): Invocation {
  const event = {
    RequestType: id === 'one' ? 'Create' : 'Update',
    RequestId: id,
    StackId: 'stack',
    LogicalResourceId: 'Config',
    ResponseURL: URL + id,
    ResourceProperties: { ServiceToken: 't', Bucket: 'out', Prefix: 'reports/Stack/Bias/config', Text },
  };
  return { name: `request ${id} (${event.RequestType})`, attempts: 3, invoke: () => handler(event as never) };
}

/** Delivers requests so often, and lets them run as a schedule says. */
async function tried(asked: readonly (readonly [Id, string, number])[], schedule: Schedule): Promise<Tried> {
  const cloud = new DeploymentCloud(new Map(), {});
  const stage = new Stage(cloud);
  const deliveries = asked.flatMap(([id, text, times]) => Array.from({ length: times }, () => delivery(id, text)));
  await stage.run(deliveries, schedule);
  return { broken: asked.flatMap(([id, text]) => broken(cloud, stage, { id, text })), steps: stage.steps };
}

/** What does not hold: a request is answered at least once, each time the same, and a success with the key of an object that has the text; of no text, none. */
function broken(
  { puts, objects }: DeploymentCloud,
  { steps }: Stage,
  { id, text }: { id: Id; text: string },
): string[] {
  const own = puts.filter(({ url }) => url === URL + id);
  const made = own.flatMap(({ Status, Data }) =>
    Status === 'SUCCESS' ? [(Data as { readonly Key: string }).Key] : [],
  );
  const harmed = isHarmed(steps, id);
  return [
    ...answered({ id, puts: own, isHarmed: harmed, mayFail: text === '' }),
    ...(text === '' && made.length > 0 ? [`request ${id}: a configuration of nothing was told as made`] : []),
    ...made.filter((key) => objects.get(`out/${key}`) !== text).map((key) => `${key} is not what was asked for`),
  ];
}

/** Faults among the calls of a drawn trial: their rate is one of these, so that now and then all attempts fail; and how many there are at most. */
const RATES = [0.1, 0.6];
const MOST = 8;

/** A trial that is drawn: a creation, in half of them with an update at once, of another text, the same, or none, each delivered once to three times. */
export function drawnConfigs(seed: number): Promise<Tried> {
  const next = numbers(seed);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const first = ['one', TEXTS.one, among([1, 2, 3])] as const;
  const second = ['two', among([TEXTS.one, TEXTS.two, '']), among([1, 2, 3])] as const;
  return tried(among([[first], [first, second]]), drawn(next, among(RATES), MOST));
}

/** All trials of two deliveries of a request. */
export function everyConfigOfTwo(each: (name: string, tried: Tried) => void): Promise<number> {
  return everyTrial({ most: STEPS, each, run: (schedule) => tried([['one', TEXTS.one, 2]], schedule) });
}

/** More steps than a delivery has. */
const STEPS = 8;
