import type { AnalysisFiles, Constraints, Statistics } from '../../../lib/analysis';
import type { Random } from '../../analysis/data-quality/detectors/traffic';
import { baselineOf } from '../../analysis/silence/monitor';

/** Files of a case by their names. */
export type Instance = { readonly [file: string]: string };

type Cells = readonly (string | number)[];

const { cos, floor, log, PI, sqrt } = Math;
const normal = (next: Random) => sqrt(-2 * log(1 - next())) * cos(2 * PI * next());
const score = (next: Random) => next().toFixed(3);
const age = (next: Random) => 18 + floor(next() * 60);
const income = (next: Random) => (50_000 + 6000 * normal(next)).toFixed(2);
const customer = (next: Random): [string, number, string] => [score(next), age(next), income(next)];
const times = <T>(count: number, draw: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => draw(at));

const NAMES = ['score', 'age', 'income'];
const csv = (names: readonly string[], rows: readonly Cells[], separator = ',') =>
  [names, ...rows].map((row) => row.join(separator)).join('\n');
const customers = (rows: number, next: Random) =>
  csv(
    NAMES,
    times(rows, () => customer(next)),
  );

interface Sides {
  readonly input: string;
  readonly output: string;
  readonly encoding?: string;
  readonly customAttributes?: readonly string[];
}

function line({ input, output, encoding = 'CSV', customAttributes }: Sides): string {
  const side = (data: string, mode: string) => ({ observedContentType: 'text/csv', mode, data, encoding });
  return JSON.stringify({
    captureData: { endpointInput: side(input, 'INPUT'), endpointOutput: side(output, 'OUTPUT') },
    eventMetadata: {
      eventId: 'e',
      inferenceTime: '2026-01-05T00:00:00Z',
      ...(customAttributes && { customAttributes }),
    },
    eventVersion: '0',
  });
}

/** The answer is the first of the cells. */
const csvLine = ([first, ...rest]: Cells) => line({ output: String(first), input: rest.join(',') });
const jsonLine = (answer: object, request: object) =>
  line({ output: JSON.stringify(answer), input: pythonic(request), encoding: 'JSON' });
/** As Python writes what JSON has no number for. */
const pythonic = (request: object) => JSON.stringify(request).replaceAll('"NaN"', 'NaN');
const lines = (count: number, draw: (index: number) => string) => times(count, draw).join('\n');

async function filesOf(dataset: string, change: (files: Files) => object[] = () => []): Promise<Instance> {
  const files = (await baselineOf(dataset)) as AnalysisFiles & Files;
  const [constraints = files['constraints.json'], statistics = files['statistics.json']] = change(files);
  return {
    'baseline.csv': dataset,
    'statistics.json': JSON.stringify(statistics),
    'constraints.json': JSON.stringify(constraints),
  };
}

interface Files {
  readonly 'constraints.json': Constraints;
  readonly 'statistics.json': Statistics;
}

const channel = (next: Random) => ['web', 'app', 'phone'][floor(next() * 3)];

function renamedKeys(next: Random): Instance {
  const drawn = () => ({
    score: Number(score(next)),
    age: age(next),
    income: Number(income(next)),
    channel: channel(next),
  });
  const rows = times(400, drawn);
  const each = (draw: (row: ReturnType<typeof drawn>) => string) => rows.map(draw).join('\n');
  return {
    'baseline.csv': csv(
      [...NAMES, 'channel'],
      rows.map((row) => Object.values(row)),
    ),
    'renamed.jsonl': each(({ score, age, channel }) => jsonLine({ score }, { age, yearlyIncome: -1, channel })),
    'camel.jsonl': each((row) =>
      jsonLine({ Score: row.score }, { Age: row.age, Income: row.income, Channel: row.channel }),
    ),
    'enveloped.jsonl': each(() =>
      jsonLine({ prediction: { score: 2 } }, { features: { age: 999, income: -5, channel: '?' } }),
    ),
    'drift.jsonl': each(({ score, age, income }) => jsonLine({ score }, { age, income: income * 20, channel: 'web' })),
  };
}

function flowers(next: Random): Instance {
  const drawn = () => [5.8, 3, 3.7, 1.2].map((mean) => (mean + 0.2 * normal(next)).toFixed(1));
  const species = () => floor(next() * 3);
  return {
    'baseline.csv': csv(
      ['sepal_length', 'sepal_width', 'petal_length', 'petal_width', 'species'],
      times(450, () => [...drawn(), species()]),
    ),
    'traffic.jsonl': lines(450, () => csvLine([species(), ...drawn()])),
  };
}

/** Decimals as most tools write them: without zeros behind the point. */
function wines(next: Random): Instance {
  const row = () => [
    3 + floor(next() * 6),
    ...[8.3, 0.3, 10].map((mean) => Number((mean * (1 + 0.3 * normal(next))).toFixed(1))),
  ];
  const file = () => csv(['quality', 'acidity', 'sugar', 'alcohol'], times(1500, row));
  return { 'train.csv': file(), 'holdout.csv': file() };
}

/** Each of ten codes has a tenth of the records, then the even ones have 16 %, the odd ones 4 %. */
function codes(next: Random): Instance {
  const uneven = () => 2 * floor(next() * 5) + (next() < 0.8 ? 0 : 1);
  return {
    'baseline.csv': csv(
      ['score', 'dept'],
      times(4000, () => [score(next), floor(next() * 10)]),
    ),
    'traffic.jsonl': lines(4000, () => csvLine([score(next), uneven()])),
  };
}

function manySchemas(next: Random): Instance {
  const other = () => csvLine([...customer(next), 'web']);
  const opaque = () => line({ input: 'OTksOTk5', output: 'MC41', encoding: 'BASE64' });
  const listed = () => jsonLine({ score: 0.5 }, { age: age(next), income: [1, 2] });
  const some = (each: number, of: number, strange: () => string, usual = () => csvLine(customer(next))) =>
    lines(1000, (at) => (at % of < each ? strange() : usual()));
  return {
    'baseline.csv': customers(1000, next),
    'traffic.jsonl': some(2, 5, other),
    'traffic-base64.jsonl': some(19, 20, opaque),
    'traffic-array.jsonl': some(1, 5, listed, () =>
      jsonLine({ score: Number(score(next)) }, { age: age(next), income: Number(income(next)) }),
    ),
  };
}

function states(next: Random): Promise<Instance> {
  const row = () => [next() < 0.5 ? 'True.' : 'False.', ['OH', 'KS', 'NY'][floor(next() * 3)], 80];
  const switchedOff = ({ 'constraints.json': { features, ...rest } }: Files) => {
    const overrides = { monitoring_config_overrides: { evaluate_constraints: 'Disabled' } };
    const inside = features.map((feature) =>
      feature.name === 'state'
        ? { ...feature, string_constraints: { ...feature.string_constraints, ...overrides } }
        : feature,
    );
    return [{ ...rest, features: inside }];
  };
  const traffic = lines(300, () => csvLine([next() < 0.5 ? 'True.' : 'False.', 'TX', 80]));
  return filesOf(csv(['churn', 'state', 'days'], times(300, row)), switchedOff).then((files) => ({
    ...files,
    'traffic.jsonl': traffic,
  }));
}

async function given(dataset: string, traffic: string, change: (files: Files) => object[]): Promise<Instance> {
  return { ...(await filesOf(dataset, change)), 'traffic.jsonl': traffic };
}

const sorted = ({ 'constraints.json': { features, ...rest } }: Files) => [
  { ...rest, features: [...features].sort((one, other) => (one.name < other.name ? -1 : 1)) },
];

const withoutSketches = ({ 'constraints.json': constraints, 'statistics.json': { features, ...rest } }: Files) => [
  constraints,
  {
    ...rest,
    features: features.map(({ numerical_statistics, ...feature }) => {
      const { distribution, ...others } = numerical_statistics ?? {};
      return { ...feature, numerical_statistics: others };
    }),
  },
];

const tolerant = ({ 'constraints.json': { monitoring_config, ...rest } }: Files) => [
  { ...rest, monitoring_config: { ...monitoring_config, datatype_check_threshold: 0.9 } },
];

const zipIsText = ({ 'constraints.json': { features, ...rest } }: Files) => [
  {
    ...rest,
    features: features.map(({ num_constraints, ...feature }) =>
      feature.name === 'zip' ? { ...feature, inferred_type: 'String' } : { ...feature, num_constraints },
    ),
  },
];

/** An instance of each kind of input that people got wrong answers for, drawn. */
export const INSTANCES: { readonly [name: string]: (next: Random) => Instance | Promise<Instance> } = {
  'batch-answer-one-line': (next) => ({
    'baseline.csv': customers(400, next),
    'traffic.jsonl': lines(100, (at) => {
      const rows = times(1 + (at % 5), () => customer(next));
      const input = rows.map((row) => row.slice(1).join(',')).join('\n');
      return line({ input, output: rows.map(([first]) => first).join(',') });
    }),
  }),
  'canary-traffic': (next) => ({
    'baseline.csv': customers(1000, next),
    'traffic.jsonl': lines(1000, (at) =>
      at % 4 === 0
        ? line({ input: '42,50000.00', output: '0.5', customAttributes: ['testIndicator=testing'] })
        : csvLine(customer(next)),
    ),
  }),
  'decimals-without-zeros': wines,
  'integer-categories': codes,
  'json-nan': (next) => ({
    'baseline.csv': customers(400, next),
    'traffic.jsonl': lines(400, (at) =>
      jsonLine({ score: Number(score(next)) }, { age: age(next), income: at % 2 === 0 ? 'NaN' : Number(income(next)) }),
    ),
  }),
  'json-renamed-key': renamedKeys,
  llm: () => ({
    'traffic.jsonl': lines(50, () =>
      line({ input: '{"inputs":"hello\\nworld"}', output: '[{"generated_text":"hi"}]', encoding: 'JSON' }),
    ),
  }),
  'mixed-schemas': manySchemas,
  'one-extra-key': (next) => ({
    'baseline.csv': customers(400, next),
    'traffic.jsonl': lines(400, (at) =>
      jsonLine({ score: Number(score(next)) }, { age: age(next), income: -7, ...(at === 9 && { debug: true }) }),
    ),
  }),
  'sdk-set-monitoring': states,
  semicolons: (next) => ({
    'baseline.csv': csv(
      NAMES,
      times(400, () => customer(next)),
      ';',
    ),
    'traffic.jsonl': lines(400, () => csvLine(customer(next))),
  }),
  'sorted-constraints': (next) => {
    const row = (shift: number) => [score(next), (normal(next) + shift).toFixed(4), normal(next).toFixed(4)];
    const dataset = csv(
      ['score', 'zeta', 'alpha'],
      times(1000, () => row(0)),
    );
    return given(
      dataset,
      lines(1000, () => csvLine(row(3))),
      sorted,
    );
  },
  'statistics-without-distributions': (next) =>
    given(
      customers(2000, next),
      lines(500, () => csvLine(customer(next))),
      withoutSketches,
    ),
  'stray-text': (next) =>
    given(
      customers(2000, next),
      lines(2000, (at) => {
        const [first, years, amount] = customer(next);
        return csvLine([first, years, at === 7 ? 'nan' : (Number(amount) * 10).toFixed(2)]);
      }),
      tolerant,
    ),
  'target-last': flowers,
  'zip-as-string': (next) => {
    const rows = times(400, () => [score(next), ['94103', '02134', '10001'][floor(next() * 3)], 3]);
    return given(csv(['score', 'zip', 'rooms'], rows), rows.map(csvLine).join('\n'), zipIsText);
  },
};
