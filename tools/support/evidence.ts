import { MonitorKind } from '../../lib';
import { KINDS } from '../../lib/kind/kinds';
import type { Combination, PartitionName } from './attempts';
import type { InputName } from './inputs';

/** What is known of combinations beside whether they are refused. */
export interface Evidence {
  /** Files below `test/` that run or synthesize it, or that test its refusal, by what they do. */
  readonly tests?: { readonly [deed: string]: string };
  /** A source that says so where no test does: the text of its link, and its name at the end of the page. */
  readonly source?: readonly [text: string, name: 'capture' | 'input'];
  /** What else there is to say. */
  readonly note?: string;
}

/** Evidence of some kinds of monitor; of all where none is named. */
interface KindEvidence extends Evidence {
  readonly kinds?: readonly MonitorKind[];
}

type OfInputs = { readonly [input in InputName]?: readonly KindEvidence[] };

const { DATA_QUALITY, MODEL_QUALITY, MODEL_BIAS, MODEL_EXPLAINABILITY } = MonitorKind;
const AS_A_WHOLE: Evidence = { source: ['captured as a whole', 'capture'] };
const PROBLEMS = 'endpoint/monitoring-problems.test.ts';

const SERVERLESS: OfInputs = {
  instances: [
    {
      kinds: [DATA_QUALITY],
      tests: { synthesis: 'engine/serverless/serverless-engine.test.ts', rehearsal: 'examples/demo.long.test.ts' },
    },
    {
      kinds: [MODEL_QUALITY],
      tests: {
        synthesis: 'engine/serverless/model-quality.test.ts',
        runs: 'handlers/model-quality-run.test.ts',
        rehearsal: 'rehearsal/labels.test.ts',
      },
    },
    {
      kinds: [MODEL_BIAS],
      tests: {
        synthesis: 'engine/serverless/model-bias.test.ts',
        runs: 'handlers/model-bias-run.test.ts',
        rehearsal: 'rehearsal/bias.test.ts',
      },
    },
    {
      kinds: [MODEL_EXPLAINABILITY],
      tests: {
        synthesis: 'engine/serverless/model-explainability.test.ts',
        runs: 'handlers/model-explainability-run.test.ts',
        rehearsal: 'rehearsal/attributions.test.ts',
      },
    },
  ],
  elsewhere: [
    {
      kinds: [DATA_QUALITY],
      tests: { synthesis: 'model-monitoring.test.ts', references: 'monitor/data-quality-monitor.test.ts' },
    },
  ],
  variants: [
    {
      kinds: [DATA_QUALITY],
      tests: { together: 'handlers/plan.test.ts', 'by name': 'handlers/plan-variants.test.ts' },
    },
    { kinds: [MODEL_QUALITY], tests: { synthesis: 'monitor/variants.test.ts' } },
  ],
  apart: [
    {
      kinds: [DATA_QUALITY, MODEL_QUALITY, MODEL_BIAS],
      tests: {
        synthesis: 'monitor/variants.test.ts',
        runs: 'handlers/per-variant-run.test.ts',
        rehearsal: 'rehearsal/per-variant.long.test.ts',
      },
    },
    {
      kinds: [MODEL_EXPLAINABILITY],
      tests: { synthesis: 'monitor/variants.test.ts' },
      note: 'of the one model that is asked, about requests of all variants',
    },
  ],
  series: [AS_A_WHOLE],
  manyModels: [{ tests: { test: PROBLEMS } }],
  serverlessVariants: [{ tests: { test: PROBLEMS }, note: 'records that you write are monitored' }],
  asynchronous: [{ note: `[not refused](../test/${PROBLEMS})` }],
  shadow: [
    {
      kinds: [DATA_QUALITY],
      tests: { synthesis: 'monitor/variants.test.ts', 'left out unless named': 'handlers/plan-variants.test.ts' },
      note: 'whether they are captured is unknown',
    },
    { kinds: [MODEL_QUALITY], tests: { 'shadow or production': 'monitor/variants.test.ts' } },
  ],
  transforms: [
    {
      kinds: [DATA_QUALITY],
      tests: {
        synthesis: 'monitor/batch-transform-data.test.ts',
        lists: 'handlers/plan-transforms.test.ts',
        rehearsal: 'rehearsal/batch-transform.test.ts',
      },
    },
    { kinds: [MODEL_QUALITY], tests: transformsOf('handlers/model-quality-run.test.ts') },
    { kinds: [MODEL_BIAS], tests: transformsOf('handlers/model-bias-run.test.ts') },
    { kinds: [MODEL_EXPLAINABILITY], tests: transformsOf('handlers/model-explainability-run.test.ts') },
  ],
  written: [
    {
      kinds: [DATA_QUALITY],
      tests: {
        synthesis: 'monitor/written-data.test.ts',
        schema: 'capture-writer/capture-record-schema.test.ts',
        writer: 'capture-writer/capture-writer.test.ts',
        rehearsal: 'rehearsal/written-data.test.ts',
      },
    },
    { kinds: [MODEL_QUALITY], tests: { synthesis: 'monitor/written-data.test.ts' } },
    { kinds: [MODEL_BIAS], tests: { synthesis: 'engine/serverless/model-bias.test.ts' } },
    { kinds: [MODEL_EXPLAINABILITY], tests: { synthesis: 'monitor/written-data.test.ts' } },
  ],
};

const MODEL_MONITOR: OfInputs = {
  instances: [
    {
      kinds: [DATA_QUALITY],
      tests: { synthesis: 'examples/all-four-monitors.test.ts', rehearsal: 'rehearsal/model-monitor.test.ts' },
    },
    { kinds: [MODEL_QUALITY], tests: jobOf('engine/model-monitor/model-quality-job.test.ts') },
    { kinds: [MODEL_BIAS], tests: jobOf('engine/model-monitor/model-bias-job.test.ts') },
    { kinds: [MODEL_EXPLAINABILITY], tests: jobOf('engine/model-monitor/model-explainability-job.test.ts') },
  ],
  elsewhere: [{ tests: { synthesis: 'project/matrix.test.ts' } }],
  apart: [{ tests: { test: 'monitor/variants.test.ts' } }],
  variants: [{ source: ["the service's input has no variant", 'input'] }],
  series: [AS_A_WHOLE],
  manyModels: [{ tests: { test: PROBLEMS } }],
  serverlessVariants: [{ tests: { test: PROBLEMS } }],
  asynchronous: [{ note: `[not refused](../test/${PROBLEMS})` }],
  shadow: [{ note: 'a choice is [refused](../test/monitor/variants.test.ts)' }],
  transforms: [{ tests: { synthesis: 'project/matrix.test.ts' } }],
  written: [{ tests: { test: 'monitor/written-data.test.ts' } }],
};

function transformsOf(runs: string): Evidence['tests'] {
  const reading = 'analysis/labels/table-files.test.ts';
  return { synthesis: 'engine/serverless/transformed-rows.test.ts', reading, runs };
}

function jobOf(job: string): Evidence['tests'] {
  return { synthesis: 'examples/all-four-monitors.test.ts', job };
}

/** What is known of a kind on an input. */
export function evidenceOf({ engine, kind, input }: Omit<Combination, 'partition'>): Evidence {
  if (!KINDS[kind].engines.includes(engine)) return NO_ANALYSIS;
  const table = engine === 'serverless' ? SERVERLESS : MODEL_MONITOR;
  return (table[input] ?? []).find(({ kinds = [kind] }) => kinds.includes(kind)) ?? {};
}

const NO_ANALYSIS: Evidence = { tests: { test: 'engine/serverless/serverless-engine.test.ts' } };

type OfPartitions = { readonly [partition in PartitionName]: Evidence };

const LINKS = 'handlers/digest.test.ts';
const MATRIX = 'project/matrix.test.ts';
const IMAGES = 'engine/model-monitor/service-image.test.ts';

/** What is known of an engine in a partition. */
export const IN_PARTITIONS: { readonly [engine in Combination['engine']]: OfPartitions } = {
  serverless: {
    aws: { tests: { rehearsal: 'examples/demo.long.test.ts', synthesis: 'model-monitoring.test.ts' } },
    'aws-cn': {
      tests: { 'the state machine': 'engine/serverless/definition.test.ts', 'links of messages': LINKS },
      note: 'the rest is unknown',
    },
    'aws-us-gov': { tests: { 'links of messages': LINKS }, note: 'the rest is unknown' },
    'aws-eusc': { note: 'messages have no link to the console there' },
  },
  'model-monitor': {
    aws: { tests: { synthesis: MATRIX, images: IMAGES } },
    'aws-cn': { tests: { synthesis: MATRIX }, note: "CloudFormation's rules know no job definitions there" },
    'aws-us-gov': {
      tests: { synthesis: MATRIX },
      note: `CloudFormation's rules know neither job definitions nor schedules there; us-gov-east-1 is [refused](../test/${IMAGES}) without an image of yours`,
    },
    'aws-eusc': {
      tests: { 'test of the regions that are known': IMAGES },
      note: "without an image of yours: no account of SageMaker's images is published for it",
    },
  },
};
