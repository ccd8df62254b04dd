import { biasAnalysis, createProfiler, statistics, suggestConstraints } from '../../lib/analysis';
import type { ExtractSection, MonitorRequest } from '../../lib/engine/serverless/contract';
import { MONITOR_REQUEST } from './requests';
import type { S3Store } from './s3-store';

// Three monitors of the same data, of requests with an answer of the model, a sex and an age, and of labels that come an hour later.

const EXTRACTS = { bucket: 'extracts', prefix: 'extracts/Stack' };
const LABELS = { bucket: 'labels', prefix: 'truth' };
const STATISTICS = { bucket: 'out', key: 'baseline/statistics.json' };

const QUALITY = { problem: { type: 'BinaryClassification', probabilityAttribute: '0' } } as const;
const BIAS = {
  groups: {
    question: {
      facets: [
        { name: 'sex', by: { values: ['female'] } },
        { name: 'age', by: { threshold: 40 } },
      ],
      label: 'income',
      positive: { values: [1] },
      group: 'sex',
    },
    headers: ['sex', 'age'],
    predicted: { column: 0 },
    threshold: 0.5,
  },
} as const;

/** What each of them reads. */
export const SECTIONS: readonly ExtractSection[] = [
  { kind: 'DataQuality', statistics: STATISTICS },
  { kind: 'ModelQuality', ...QUALITY, labels: LABELS },
  { kind: 'ModelBias', ...(BIAS as unknown as Pick<MonitorRequest, 'groups'>), labels: LABELS },
];

type Kind = (typeof KINDS)[number];

/** The kinds that read the same. */
export const KINDS = ['DataQuality', 'ModelQuality', 'ModelBias'] as const;

/** The run of one of them that is due at an hour, of so many hours; the others are known to it. */
export function runOf(kind: Kind, due: string, windowHours = 1): MonitorRequest {
  const index = KINDS.indexOf(kind);
  const { labels, statistics, kind: _, ...reading } = SECTIONS[index];
  const constraints = kind === 'ModelBias' ? 'analysis.json' : `${kind}/constraints.json`;
  return {
    ...MONITOR_REQUEST,
    ...reading,
    monitor: { ...MONITOR_REQUEST.monitor, id: `Stack/${kind}`, kind },
    scheduledTime: `2026-03-04T${due}:05:00Z`,
    windowHours,
    baseline: { statistics, constraints: { bucket: 'out', key: `baseline/${constraints}` } },
    labels: labels && { place: labels, startHours: windowHours + 1, endHours: 1 },
    output: { bucket: 'out', prefix: `reports/${kind}` },
    extracts: { ...EXTRACTS, others: SECTIONS.filter((__, other) => other !== index) },
    featureMetrics: [],
  };
}

/** The same run, which leaves nothing: one pass over its window. */
export function alone(request: MonitorRequest): MonitorRequest {
  return { ...request, extracts: undefined, output: { ...request.output, prefix: `alone/${request.monitor.kind}` } };
}

/** What is captured of a request, and what turns out to be so. */
export interface Exchange {
  readonly id: string;
  /** `09:30:00` */
  readonly time: string;
  readonly label: string;
}

/** Requests by number, one a second from an hour on. */
export function exchanges(count: number, hour: number, offset = 0): Exchange[] {
  return Array.from({ length: count }, (_, index) => {
    const [minute, second] = [Math.floor(index / 60) % 60, index % 60].map((each) => String(each).padStart(2, '0'));
    const time = `${String(hour).padStart(2, '0')}:${minute}:${second}`;
    return { id: `order-${offset + index}`, time, label: String((index * 7 + offset) % 3 === 0 ? 0 : 1) };
  });
}

/** As it is captured: the answer of a model that is mostly right. */
export function captured({ id, time, label }: Exchange): string {
  const number = Number(id.slice('order-'.length));
  const score = (number % 10 === 3 ? 1 - Number(label) : Number(label)) * 0.6 + (number % 97) / 250;
  const side = (data: string) => ({ data, encoding: 'CSV' });
  const record = {
    captureData: {
      endpointInput: side(`${number % 3 === 0 ? 'female' : 'male'},${20 + (number % 50)}`),
      endpointOutput: side(score.toFixed(3)),
    },
    eventMetadata: { eventId: `e-${id}`, inferenceId: id, inferenceTime: `2026-03-04T${time}Z` },
    eventVersion: '0',
  };
  return `${JSON.stringify(record)}\n`;
}

/** Puts the files of all kinds' baselines where their monitors look for them. */
export async function putBaselines({ s3 }: { readonly s3: Pick<S3Store, 'set'> }): Promise<void> {
  for (const [key, value] of Object.entries(await baselineFiles())) s3.set('out', `baseline/${key}`, value);
}

/** What the baselines of all three are made of. */
export async function baselineFiles(): Promise<{ readonly [key: string]: object }> {
  const lines = exchanges(600, 0).map((exchange) => {
    const { endpointInput, endpointOutput } = JSON.parse(captured(exchange)).captureData;
    return { features: `${endpointOutput.data},${endpointInput.data}`, label: exchange.label };
  });
  const profiler = createProfiler({ kind: 'dataset' });
  readWhole(profiler, `score,sex,age\n${lines.map(({ features }) => features).join('\n')}\n`);
  const made = statistics(profiler.finish());
  const accuracy = { threshold: 0.5, comparison_operator: 'LessThanThreshold' };
  return {
    'statistics.json': made,
    'DataQuality/constraints.json': suggestConstraints(made),
    'ModelQuality/constraints.json': { version: 0, binary_classification_constraints: { accuracy } },
    ...(await groupedFiles(lines.map(({ features, label }) => `${features},${label}`))),
  };
}

async function groupedFiles(rows: readonly string[]) {
  const dataset = { label: 'income', predicted: 'score', threshold: 0.5 };
  const analysis = biasAnalysis({ question: BIAS.groups.question, dataset });
  const reader = analysis.reader();
  readWhole(reader, `score,sex,age,income\n${rows.join('\n')}\n`);
  const made = await analysis.baseline(reader.finish());
  if ('refusal' in made) throw new Error(made.refusal);
  return made.files;
}

function readWhole(reader: { file(name: string): { push(chunk: Uint8Array): void; end(): void } }, text: string): void {
  const file = reader.file('train.csv');
  file.push(Buffer.from(text));
  file.end();
}
