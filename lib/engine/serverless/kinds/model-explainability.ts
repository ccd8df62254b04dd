import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type {
  ExplanationSettings,
  ModelSettings,
  OwnCallSettings,
  ScorePlaceSettings,
} from '../../../baseline/contract';
import type { DatasetConfig } from '../../../baseline/dataset';
import { namedColumns } from '../../../baseline/dataset-columns';
import { bucketLocation } from '../../../core/bucket-location';
import type { HandlerFunction } from '../../../core/handler-function';
import { type Problem, throwIfAny } from '../../../core/validation-error';
import { KINDS } from '../../../kind/kinds';
import type { ModelExplainabilityMonitorSpec } from '../../../monitor/kind-spec';
import { rowsPath } from '../../../monitor/record-format';
import type { ShapAnalysis } from '../../../monitor/shap-analysis';
import { allowExplaining } from '../explaining';
import { keepOwnCallLedger } from '../own-call-ledger';
import { type AskingMonitor, askedEndpoint } from '../predictor/asked-endpoint';
import { predictorProblems } from '../predictor/predictor-problems';
import type { AnalysisBlueprint, BoundParts, DatasetReading, KindRequest } from './blueprint';
import { featuresProblems, hasColumns } from './columns-of-data';
import { labelledDatasetProblems } from './labelled-dataset';

/** Of a window, where nobody says. */
const RECORD_COUNT = 100;

/** To the monitored endpoint, where nobody says. */
const CALLS_PER_RUN = 1000;
const CALLS_PER_SECOND = 2;

/** Of a request, where nobody says. */
const RECORDS_PER_REQUEST = 200;

/**
 * The analysis of an explainability monitor. Its runs ask a model about a sample of what was captured.
 *
 * @internal
 */
export function modelExplainabilityBlueprint(
  scope: Construct,
  spec: ModelExplainabilityMonitorSpec,
): AnalysisBlueprint {
  const { analysis } = spec.modelExplainability;
  return {
    unsupported: [
      ...(hasColumns(spec) ? featuresProblems(analysis.features) : []),
      ...analysisProblems(analysis),
      ...predictorProblems(scope, analysis.predictor, spec),
    ],
    request: {},
    resources: (parts) => ({ explanation: explanation(scope, spec, parts) }),
    datasetReading: (dataset, _rigour, request) => datasetReading(scope, dataset, { spec, request }),
  };
}

function explanation(
  scope: Construct,
  spec: ModelExplainabilityMonitorSpec,
  { own, machine, extractsBucket }: BoundParts,
): ExplanationSettings {
  const { analysis } = spec.modelExplainability;
  const { explain } = machine;
  const { headers = [], features, sampleCount, aggregation, useLogit, seed, recordCount = RECORD_COUNT } = analysis;
  const samples = allowExplaining(scope, spec, { machine, extractsBucket });
  return {
    samples,
    ownCalls: ownCallSettings(scope, spec, { machine, extractsBucket }),
    headers,
    features: features === undefined ? undefined : rowsPath(features),
    recordCount,
    model: modelSettings(analysis, { own, explain, spec }),
    baseline: baselineSettings(scope, analysis, explain),
    sampleCount,
    aggregation: `${aggregation}` as const,
    useLogit: useLogit || undefined,
    seed,
  };
}

/** How much the monitored endpoint is asked; undefined where another is. */
function ownCallSettings(
  scope: Construct,
  spec: ModelExplainabilityMonitorSpec,
  parts: Pick<BoundParts, 'machine' | 'extractsBucket'>,
): OwnCallSettings | undefined {
  const { _monitored } = spec.modelExplainability.analysis.predictor;
  const { endpointName } = spec.endpointInput ?? {};
  if (!_monitored || endpointName === undefined) return undefined;
  const { trafficShare, maxCallsPerRun = CALLS_PER_RUN, maxCallsPerSecond = CALLS_PER_SECOND } = _monitored;
  const ledger = keepOwnCallLedger(scope, { ...parts, endpointName, monitorId: spec.monitorId });
  return { ledger, mostCalls: maxCallsPerRun, callsPerSecond: maxCallsPerSecond, trafficShare };
}

function modelSettings(analysis: ShapAnalysis, asking: AskingMonitor): ModelSettings {
  const { predictor, prediction, probability } = analysis;
  const { contentType = 'text/csv', template, recordTemplate } = predictor.request ?? {};
  return {
    ...askedEndpoint(predictor, asking),
    request: { contentType, template, recordTemplate },
    accept: predictor.response,
    customAttributes: predictor.customAttributes,
    scores: scorePlace(probability ?? prediction),
    labels: predictor.labelHeaders,
    recordsPerRequest: predictor.recordsPerRequest ?? RECORDS_PER_REQUEST,
  };
}

function baselineSettings(
  scope: Construct,
  { baseline }: ShapAnalysis,
  explain: HandlerFunction,
): ExplanationSettings['baseline'] {
  const { inlineJson: text = '', place } = baseline?._bind(explain) ?? {};
  return place ? { object: { ...bucketLocation(scope, place.bucket), key: place.objectKey } } : { text };
}

/** A column by its index, or what stands at a path. */
function scorePlace(attribute: string | undefined): ScorePlaceSettings | undefined {
  if (attribute === undefined) return undefined;
  const [, index] = /^(?:_c)?(\d+)$/.exec(attribute) ?? [];
  if (index !== undefined) return { column: Number(index) };
  const path = rowsPath(attribute);
  return path && { path };
}

const PATH = 'keys with dots between them, [*] at most once, as';

function analysisProblems(analysis: ShapAnalysis): Problem[] {
  const { headers, saveLocalValues, features, prediction, probability } = analysis;
  const place = probability ?? prediction;
  const asked = {
    headers: !headers && { got: undefined, allowed: 'the names of the features, in their order, on serverless()' },
    baseline: baselineProblem(analysis),
    saveLocalValues: saveLocalValues && {
      got: true,
      allowed: 'false on serverless()',
      advice: 'reports hold nothing of single records',
    },
    features: features !== undefined &&
      !rowsPath(features) && { got: features, allowed: `${PATH} 'instances[*].features'` },
    [probability === undefined ? 'prediction' : 'probability']: place !== undefined &&
      !scorePlace(place) && { got: place, allowed: `an index of CSV, or ${PATH} 'predictions[*].score'` },
  };
  return Object.entries(asked).flatMap(([prop, problem]) =>
    problem ? [{ prop: `analysis.${prop}`, ...problem }] : [],
  );
}

function baselineProblem({ baseline }: ShapAnalysis): Omit<Problem, 'prop'> | false {
  if (baseline && !baseline._isClustered) return false;
  return {
    got: baseline && 'ShapBaseline.clusters(...)',
    allowed: 'ShapBaseline.rows(...), json(...) or fromBucket(...) on serverless()',
    advice:
      'what features are compared with would drift as the data do: take the mean or the mode of each, of the training data',
  };
}

interface ReadParts {
  readonly spec: ModelExplainabilityMonitorSpec;
  readonly request: KindRequest;
}

function datasetReading(scope: Construct, dataset: DatasetConfig, { spec, request }: ReadParts): DatasetReading {
  throwIfAny('UnsupportedDataset', labelledDatasetProblems(dataset, spec), scope);
  throwIfAny('IncompleteDataset', columnProblems(dataset), scope);
  const others = dataset.format.header ? [] : columnNames(dataset);
  const otherColumns = others.length > 0 ? others : undefined;
  const settings = request.explanation && { ...request.explanation, otherColumns };
  return { explanation: settings, onlyFile: KINDS[spec.kind].baseline.constraintsFile };
}

const columnNames = ({ columns }: DatasetConfig): string[] => namedColumns(columns).map(([, name]) => name);

/** What is no feature of CSV without a header is known by its place. */
function columnProblems(dataset: DatasetConfig): Problem[] {
  const isPlace = (name: string) => Token.isUnresolved(name) || /^(_c)?\d+$/.test(name);
  const unknown = dataset.format.header ? [] : columnNames(dataset).filter((name) => !isPlace(name));
  const allowed = '_c0, _c1 and so on, as the dataset has no header';
  return unknown.map((got) => ({ prop: 'columns', got, allowed }));
}
