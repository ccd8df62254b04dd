import type { MonitorKind } from '../../lib';
import type { EngineName } from '../../lib/kind/kind-sheet';
import { KINDS } from '../../lib/kind/kinds';
import { type Combination, ENGINE_NAMES, PARTITIONS, type PartitionName, refusalOf, refusalOn } from './attempts';
import { cellOf } from './cell';
import { evidenceOf, IN_PARTITIONS } from './evidence';
import { FORMATS, type Format } from './formats';
import { INPUTS, type InputName } from './inputs';

/** The kinds, as sheets have them. */
const KIND_NAMES = Object.keys(KINDS) as MonitorKind[];

/** How the page writes the names of engines. */
const WRITTEN: { readonly [engine in EngineName]: string } = {
  serverless: '`serverless()`',
  'model-monitor': '`modelMonitor()`',
};

/** An input that every engine takes, for what is asked of partitions. */
const PLAIN: InputName = 'elsewhere';

/** What `docs/support.md` has to say. */
export function supportPage(): string {
  return PAGE.replace('{kinds}', ENGINE_NAMES.map(kindsOn).join('\n\n'))
    .replace('{formats}', table(['what', ...writtenEngines()], FORMATS.map(formatRow)))
    .replace('{partitions}', table(['partition', ...writtenEngines()], partitionNames().map(partitionRow)));
}

function kindsOn(engine: EngineName): string {
  const [analysed, others] = [true, false].map((has) => KIND_NAMES.filter((kind) => isAnalysed(kind, engine) === has));
  const rows = inputNames().map((input) => [
    INPUTS[input].name,
    ...analysed.map((kind) => cellOf(refusals([{ engine, kind, input }]), evidenceOf({ engine, kind, input }))),
  ]);
  const header = ['what is watched', ...analysed.map(code)];
  return [`### On ${WRITTEN[engine]}`, table(header, rows), ...others.map((kind) => refusedKind(engine, kind))].join(
    '\n\n',
  );
}

/** A kind that the engine has no analysis of is refused whatever it watches. */
function refusedKind(engine: EngineName, kind: MonitorKind): string {
  const tried = inputNames().map((input) => ({ engine, kind, input }));
  const refused = refusals(tried);
  if (refused.length < tried.length) throw new Error(`UnexpectedKind: ${engine} takes ${kind}`);
  return `A monitor of ${code(kind)} is ${cellOf(refused, evidenceOf(tried[0]))}, whatever it watches.`;
}

function formatRow({ name, make, of }: Format): string[] {
  const cells = ENGINE_NAMES.map((engine) => {
    const refusal = make && refusalOn({ engine, kind: KIND_NAMES[0], partition: 'aws' }, make);
    return cellOf(refusal === undefined ? [] : [refusal], of[engine]);
  });
  return [name, ...cells];
}

function partitionRow(partition: PartitionName): string[] {
  const cells = ENGINE_NAMES.map((engine) => {
    const kinds = KIND_NAMES.filter((kind) => isAnalysed(kind, engine));
    const refused = refusals(kinds.map((kind) => ({ engine, kind, input: PLAIN, partition })));
    return cellOf(refused, IN_PARTITIONS[engine][partition]);
  });
  return [`${code(partition)}, ${PARTITIONS[partition]}`, ...cells];
}

/** Codes of those of some combinations that are refused. */
function refusals(combinations: readonly (Omit<Combination, 'partition'> & Partial<Combination>)[]): string[] {
  return combinations.flatMap((one) => refusalOf({ partition: 'aws', ...one }) ?? []);
}

function isAnalysed(kind: MonitorKind, engine: EngineName): boolean {
  return KINDS[kind].engines.includes(engine);
}

function inputNames(): InputName[] {
  return Object.keys(INPUTS) as InputName[];
}

function partitionNames(): PartitionName[] {
  return Object.keys(PARTITIONS) as PartitionName[];
}

function writtenEngines(): string[] {
  return ENGINE_NAMES.map((engine) => WRITTEN[engine]);
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const PAGE = `# Support

What works with what. Written by \`npm run support -- --write\`, which makes a monitor for every combination and notes what refuses it; a test holds that it is current. A cell says one of four
things:

| word | meaning |
|---|---|
| tested | the tests of the named file run or synthesize it. Nothing was deployed to an AWS account: see [what is proven](architecture.md#what-is-proven-and-how) |
| refused | synthesis fails with this error, which says what to do instead; the named file tests that |
| documented | it is not refused, and a source says that it works; no test runs or synthesizes it |
| unknown | it is not refused, nobody has tried it, and no source says |

## Kinds and inputs

Engine, kind of monitor, and what it watches, in the partition \`aws\`.

{kinds}

What is refused is refused as far as the app knows the endpoint: of one that is named by a text, nothing is known. Every kind on \`modelMonitor()\` is synthesized with each way to have a baseline;
overrides of constraints are refused for bias and explainability, which have none to override.

Limits of bias on \`serverless()\`, each with its reason:

- **No flip test** (\`FT\`): it compares each row with its nearest neighbours by all features, which are not kept of a window. A baseline of Clarify that has one is taken, and each report says that it was not evaluated; the run counts as whole without it.
- **Labels and predictions of one run** are at most 10,000 MiB of [extracts](captured-data.md#extracts), some 280 million predictions and labels, of which one object has two million at most; with the rules of Model Monitor two million in all, and eight million values of their rows. A facet of which each value is a group, and the group variable, have at most 100 values, another facet or the label 250,000. A run with more says so, and is not green.
- **Places in JSON** are paths with \`[*]\` at most once, as \`instances[*].features\`; other JMESPath is refused, and so is a \`predictor\`, as no model is asked. Datasets are CSV in UTF-8 with commas.
- **Labels** are CSV in objects of ground truth, as for model quality.
- **Transform jobs** have to generate inference ids, as for model quality: nothing else of a row is known to name it, and Parquet has none. They have to join the input to the output (\`DataProcessing.JoinSource\`), as rows of two objects are not put together.

Limits of feature attributions on \`serverless()\`, each with its reason:

- **A sample of records** is explained, 100 unless \`recordCount\` says another number, up to 1,000: each takes hundreds of predictions. Who is in it, [nobody chooses](decisions/0038-attributions-are-asked-of-a-model-of-ones-own.md). Rows of more than 16,384 characters are counted as unreadable.
- **The model** is asked at a serverless endpoint that is made of it, or at one that you name. Models in a VPC, isolated, or of several containers are refused where the app shows that, as serverless endpoints take none of them; whether one needs a GPU, or more than 6 GiB, its deployment shows. Regions in China have no serverless endpoints.
- **The watched endpoint** is asked by \`Predictor.monitoredEndpoint\` alone, [whose calls are no traffic](captured-data.md#calls-of-this-librarys-own): to the monitors of its stack on \`serverless()\`. Other monitors of it in the app are refused; of those of other apps nothing here knows, nor of an endpoint that is named and another monitor watches. Transform jobs and records that you write have no endpoint to ask.
- **SHAP baselines** are rows, a document or an object in S3. Clusters are refused, which would drift with the data.
- **Attributions of single records** are in no report, and \`saveLocalValues\` is refused.
- **Requests** are CSV, JSON or JSON Lines, answers the same; places in JSON are paths with \`[*]\` at most once. Datasets are CSV in UTF-8 with commas, and features have names: \`headers\`.

## Formats

{formats}

## Partitions

For every kind that the engine has, on an endpoint made elsewhere, in a region of the partition.

{partitions}

No combination of an input with a partition is refused that is not refused for one of the two: all of them are tried by [a test](../test/project/support.test.ts). ARNs, domains and images follow the partition
of the stack. Whether a region's Lambda has the runtime \`nodejs24.x\`, and its SageMaker the endpoints, nothing here asks.

[capture]: https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
[input]: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
`;
