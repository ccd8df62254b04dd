import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AttributionAnalysis } from '../../lib/analysis';
import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { captureLine } from '../handlers/captured';
import { explanationOf, MONITOR_REQUEST } from '../handlers/requests';
import { Cloud } from './cloud';
import { execution, inTurns } from './executions';
import type { Intercepted } from './intercepted';
import { broken } from './model';
import { AN_ELEVENTH, drawn, everyTrial, numbers, ONE_BY_ONE, type Schedule } from './schedule';
import { type Invocation, Stage } from './stage';
import type { Tried } from './trial';

// Executions of one window whose rows a model is asked about, which answers, or refuses from some request on.

const EXPLANATION = explanationOf({
  samples: { bucket: 'extracts', prefix: 'samples/Stack' },
  headers: ['age', 'hours'],
  recordCount: 6,
  model: {
    recordsPerRequest: 6,
  },
  baseline: { text: '[[40,38]]' },
});

const REQUEST: MonitorRequest = {
  ...MONITOR_REQUEST,
  monitor: { ...MONITOR_REQUEST.monitor, kind: 'ModelExplainability' },
  baseline: { constraints: { bucket: 'out', key: 'baseline/analysis.json' } },
  explanation: EXPLANATION,
  featureMetrics: [],
};

const FOLDER = 'out/reports/dq/2026/03/04/10';
const SAMPLES = 'extracts/samples/Stack/work/';

/** What a model says of rows of ages and hours. */
const scores = (body: string) =>
  body
    .split('\n')
    .map((line) => line.split(',').map(Number))
    .map(([age, hours]) => `${age / 50 + hours / 400}`)
    .join('\n');

/** A cloud with a model, which refuses from some request on. */
class ModelCloud extends Cloud {
  private asked = 0;
  /** requests that are answered; all where absent */
  public answers = Number.POSITIVE_INFINITY;

  public override answer(command: string, input: Record<string, unknown>): object {
    if (command !== 'InvokeEndpointCommand') return super.answer(command, input);
    this.asked += 1;
    if (this.asked <= this.answers) return { Body: scores(String(input.Body)), ContentType: 'text/csv' };
    throw Object.assign(new Error('Endpoint Predictor-1 not found.'), { name: 'ValidationError' });
  }
}

const LINES = Array.from({ length: 24 }, (_, i) => captureLine(`0,${20 + ((i * 7) % 50)},${20 + ((i * 11) % 40)}`));
const OBJECTS = new Map([
  ['capture/data/churn/v/2026/03/04/09/10-00-000-a.jsonl', LINES.slice(0, 12).join('')],
  ['capture/data/churn/v/2026/03/04/09/20-00-000-b.jsonl', LINES.slice(12).join('')],
  [
    'out/baseline/analysis.json',
    JSON.stringify({
      version: '1.0',
      explanations: { kernel_shap: { score: { global_shap_values: { age: 0.3, hours: 0.03 }, expected_value: 0.9 } } },
    }),
  ],
]);

/** More steps than reading the rows and asking the model has. */
const STEPS = 14;

/** What a trial is made of. */
export class ExplainedScenery {
  private constructor(
    /** what the rows come to, to whoever meets no fault */
    private readonly expected: string,
    private readonly calls: Intercepted,
  ) {}

  public static async make(calls: Intercepted): Promise<ExplainedScenery> {
    calls.setClock(new Date('2026-03-04T10:20:00Z'));
    const cloud = new ModelCloud(OBJECTS);
    await new Stage(cloud).run([execution(cloud, REQUEST, 'first')], ONE_BY_ONE);
    return new ExplainedScenery(attributionsOf(cloud) ?? '', calls);
  }

  /**
   * A trial that is drawn: one to three executions at once, up to four faults, a model that refuses from some request on in every third, and somebody who deletes a sample in every
   * fourth; then one execution to which nothing happens.
   */
  public async trial(seed: number): Promise<Tried> {
    this.calls.forget();
    const next = numbers(seed);
    const cloud = new ModelCloud(OBJECTS);
    const names = Array.from({ length: 1 + Math.floor(next() * 3) }, (_, index) => `e${index}`);
    if (next() < 0.33) cloud.answers = Math.floor(next() * 12);
    const others = next() < 0.25 ? [remover(cloud)] : [];
    const isUndisturbed = others.length === 0 && cloud.answers === Number.POSITIVE_INFINITY;
    const stage = new Stage(cloud);
    const executions = names.map((name) => execution(cloud, REQUEST, name));
    await stage.run([...executions, ...others], drawn(next, 0.05, 4));
    const faults = [...this.wrong(cloud, stage), ...(isUndisturbed ? givenUpEarly(cloud, stage) : [])];
    cloud.answers = Number.POSITIVE_INFINITY;
    await stage.run([execution(cloud, REQUEST, 'last')], ONE_BY_ONE);
    return { broken: [...faults, ...this.wrong(cloud, stage), ...outcomeFaults(cloud)], steps: stage.steps };
  }

  /** All trials of two executions that read the rows and ask the model in turns. */
  public everyTrialOfTwo(each: (name: string, tried: Tried) => void): Promise<number> {
    const run = async (schedule: Schedule): Promise<Tried> => {
      this.calls.forget();
      const cloud = new ModelCloud(OBJECTS);
      const stage = new Stage(cloud);
      const executions = ['e0', 'e1'].map((name) => execution(cloud, REQUEST, name));
      await inTurns(stage, executions, ['profiles', 'concludes'], schedule);
      const faults = [...this.wrong(cloud, stage), ...givenUpEarly(cloud, stage), ...outcomeFaults(cloud)];
      return { broken: faults, steps: stage.steps };
    };
    return everyTrial({ most: STEPS, every: AN_ELEVENTH, each, run });
  }

  /** What does not hold at any time when nobody is at work. */
  private wrong(cloud: Cloud, { ended }: Stage): string[] {
    const found = attributionsOf(cloud);
    const asked = ended.flatMap(({ name, hasSucceeded }) =>
      hasSucceeded && name.endsWith(' explains') ? [name.split(' ')[0]] : [],
    );
    const left = asked.filter((name) => [...cloud.objects.keys()].some((key) => key.startsWith(`${SAMPLES}${name}/`)));
    return [
      ...(found === undefined || found === this.expected ? [] : ['attributions are not of the rows of the window']),
      ...left.map((name) => `rows of ${name} are left, though the model was asked`),
    ];
  }
}

/** The attributions of the window, in one text; how often the model was asked for them is no matter. */
function attributionsOf({ objects }: Cloud): string | undefined {
  const text = objects.get(`${FOLDER}/analysis.json`);
  if (text === undefined) return undefined;
  const { explained, ...found }: AttributionAnalysis = JSON.parse(text);
  return JSON.stringify({ ...found, records: explained?.records });
}

function outcomeFaults({ history, events, metrics }: Cloud): string[] {
  const decisions = (history.get(`${FOLDER}/report.json`) ?? []).map((text) => JSON.parse(text));
  return broken({
    decisions,
    events,
    metrics: metrics.map((metric) => metric.split(' ').slice(1).join(' ')),
    wasAnalysed: true,
    dueCount: 0,
    isForgetful: true,
  });
}

/** A step with which something went wrong ends so. */
const FAULT = / \([a-z ]+\)$/;

/** Each state is tried three times: two faults fail no execution, so that the window has an outcome of its rows. */
function givenUpEarly({ objects }: Cloud, { steps }: Stage): string[] {
  if (steps.filter((step) => FAULT.test(step)).length > 2) return [];
  const report: ExecutionReport = JSON.parse(objects.get(`${FOLDER}/report.json`) ?? '{"outcome":{"status":"none"}}');
  const { status, failureReason } = report.outcome;
  return status === 'Completed' ? [] : [`two faults were too many: ${status}, ${failureReason}`];
}

const s3 = new S3Client({});

/** A sample expires: the first that is there. */
function remover({ objects }: Cloud): Invocation {
  const Key = () => [...objects.keys()].find((key) => key.startsWith(SAMPLES))?.slice('extracts/'.length) ?? 'none';
  return {
    name: 'a rule of the bucket',
    attempts: 1,
    invoke: () => s3.send(new DeleteObjectCommand({ Bucket: 'extracts', Key: Key() })),
  };
}
