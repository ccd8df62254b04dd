import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { datasetFormatOf } from '../../baseline/dataset';
import type { BucketLocation } from '../../core/contract';
import type { BatchTransformData } from '../../endpoint/batch-transform-data';
import type { CapturedData } from '../../endpoint/captured-data';
import { type EndpointVariants, variantsOf } from '../../endpoint/endpoint-variants';
import { TransformRows } from '../../endpoint/transform-rows';
import type { MonitorKindName } from '../../kind/kind-sheet';
import { KINDS } from '../../kind/kinds';
import type { MonitorSpec, RecordsInput, RowsInput } from '../../monitor/monitoring-engine';
import type { WatchedName } from '../../outcome/contract';
import type { AnalysisMachine } from './analysis-machine';
import type { MonitorRequest, VariantSettings } from './contract';

/** What a request says of what is read. */
type RequestedInput = Pick<
  MonitorRequest,
  'capture' | 'transforms' | 'variants' | 'maximumBytes' | 'filter' | 'recordFormat' | 'transformations'
>;

type Located = (bucket: IBucket) => BucketLocation;

/**
 * What a monitor reads, whoever wrote it.
 *
 * @internal
 */
export interface MonitoredInput {
  /** what the runs say that they are of */
  readonly watched: WatchedName;
  /** where it lies, of records with times of their own */
  readonly captured?: CapturedData;
  /** what a request says of it, its buckets as handlers are told of them */
  requested(located: Located): RequestedInput;
  /** lets the parts of the machine find it and read it, and nothing else */
  grant(machine: AnalysisMachine): void;
}

/**
 * What a monitor reads; undefined where its specification names nothing that this engine reads.
 *
 * @internal
 */
export function inputOf({
  kind,
  endpointInput,
  writtenInput,
  batchTransformInput,
  batchTransformRows,
}: MonitorSpec): MonitoredInput | undefined {
  if (endpointInput) {
    const { endpointName, capturedData } = endpointInput;
    const known = variantsOf(endpointInput.endpoint);
    const asked = askedOf(endpointInput, kind, known);
    return recordsInput(asked, { watched: { endpointName }, place: capturedData, folder: endpointName, known });
  }
  if (writtenInput) {
    const { name, place } = writtenInput.data;
    return recordsInput(askedOf(writtenInput, kind, undefined), { watched: { dataName: name }, place, folder: name });
  }
  return (
    batchTransformInput && transformsInput(batchTransformInput, rowsOf(batchTransformInput, kind), batchTransformRows)
  );
}

interface RecordsPlace {
  readonly watched: WatchedName;
  readonly place: CapturedData;
  /** below the prefix of the place; the folders of the variants are in it */
  readonly folder: string;
  /** where the app tells */
  readonly known?: EndpointVariants;
}

function recordsInput(
  { filter, format, transformations, maxBytesPerRun, ...asked }: RecordsInput,
  { watched, place, folder, known }: RecordsPlace,
): MonitoredInput {
  return {
    watched,
    captured: place,
    requested: (located) => ({
      capture: { ...located(place.bucket), prefix: place.prefix },
      variants: variantSettings(asked, known),
      maximumBytes: maxBytesPerRun,
      ...rowSettings({ filter, format, transformations }),
    }),
    grant({ plan, profile }) {
      place.grantList(plan, folder);
      place.grantGet(profile, folder);
    },
  };
}

/** How rows are read, as handlers are told of it. */
const rowSettings = ({ filter, format, transformations = [] }: RowsInput) => ({
  filter: filter?._condition,
  recordFormat: format?._settings,
  transformations: transformations.length > 0 ? transformations.map(({ _settings }) => _settings) : undefined,
});

/** Production variants, unless others are asked for. Of an endpoint that the app does not know, all that is there. */
function variantSettings(
  asked: Pick<RecordsInput, 'variants' | 'perVariant' | 'comparison'>,
  known: EndpointVariants | undefined,
): VariantSettings | undefined {
  const { variants, perVariant, comparison } = asked;
  const names = comparison && {
    reference: comparison.reference,
    candidate: comparison.candidate,
    metric: comparison.metric || undefined,
  };
  const judging = { apart: perVariant || undefined, comparison: names };
  if (!known) return variants && { read: variants, ...judging };
  const read = variants ?? known.production;
  const others = [...known.production, ...known.shadow].filter((name) => !read.includes(name));
  return { read, others, ...judging };
}

/**
 * Whose records a monitor of a kind judges, where the data say that each variant is judged apart. One that asks a model explains that model alone, about
 * requests of all variants; those of shadow variants are the same once more.
 */
function askedOf(input: RecordsInput, kind: MonitorKindName, known: EndpointVariants | undefined): RecordsInput {
  if (!KINDS[kind].asksModel || !input.perVariant) return input;
  const { variants = [] } = input;
  const own = variants.filter((name) => !known?.shadow.includes(name));
  return { ...input, perVariant: undefined, comparison: undefined, variants: own.length > 0 ? own : input.variants };
}

/**
 * Whose rows of transform jobs a monitor reads: predictions that meet labels stand in the output alone.
 *
 * @internal
 */
export const rowsOf = ({ rows }: BatchTransformData, kind: MonitorKindName): TransformRows =>
  KINDS[kind].readsLabels ? TransformRows.OUTPUT : rows;

function transformsInput(transforms: BatchTransformData, rows: TransformRows, reading: RowsInput = {}): MonitoredInput {
  const { captured, format, generateInferenceId } = transforms;
  const data = transforms._dataOf(rows);
  return {
    watched: {},
    requested: (located) => ({
      capture: { ...located(captured.bucket), prefix: captured.prefix },
      transforms: {
        side: rows,
        data: { ...located(data.bucket), prefix: data.prefix },
        format: datasetFormatOf({ format }),
        generatedIds: (rows === TransformRows.OUTPUT && generateInferenceId) || undefined,
      },
      ...rowSettings(reading),
    }),
    grant: ({ plan, profile }) => transforms._grantAnalysis(rows, { lister: plan, reader: profile }),
  };
}
