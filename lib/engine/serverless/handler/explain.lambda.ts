import {
  explainedSample,
  type FeatureRow,
  type RowSample,
  type ExplanationSettings as ShapSettings,
  sampleJudging,
  shapBaselineRows,
} from '../../../analysis';
import type { ExplanationSettings, OwnCallSettings } from '../../../baseline/contract';
import { mapConcurrently } from '../../../runtime/concurrency';
import { Failure, malformedRequest } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { deleteObject, objectExists, readText, s3Uri } from '../../../runtime/s3';
import { type Timed, timeIsOver } from '../../../runtime/time-left';
import type { AnalysisState, Plan } from '../contract';
import { profileLocation, type WorkLocation } from '../plan-items';
import { explainedLocation, partsWork } from '../samples';
import { affordableSample } from './affordable-sample';
import { AskedModel, isOfTheModel } from './asked-model';
import { writeIntermediate } from './intermediate-object';
import { mergedPart } from './merged-part';
import { OwnCalling } from './own-calling';

/** Event of *explain*. */
export interface ExplainEvent extends AnalysisState {
  readonly plan: Plan;
}

/** Milliseconds that are kept of fifteen minutes: a request under way may take one, and what came of all of them has to be written. */
const KEPT = 120_000;

/** Deletions under way at once. */
const DELETIONS = 16;

/**
 * Asks a model about the sample of an execution, writes what came of it, and deletes the sample: nobody else needs it.
 *
 * Attributions, or why there are none, are an outcome, which *conclude* tells; what is thrown is tried again. What was written before is not asked again.
 */
export const handler = async (event: ExplainEvent, context?: Timed): Promise<Record<string, never>> => {
  const { request, execution, plan } = event;
  const { explanation } = request;
  if (!explanation) throw malformedRequest("the request has no 'explanation'");
  const explained = explainedLocation({ output: request.output, execution });
  const parts = sampleParts(partsWork(request, execution), plan);
  if (!(await objectExists(explained))) {
    const sample = await mergedPart(sampleJudging({ capacity: explanation.recordCount }), parts);
    const isOver = timeIsOver(context, KEPT);
    const outcome = await explain(sample, explanation, { isOver, isWindow: request.mode === 'monitor' });
    await writeIntermediate(explained, outcome.encode());
    log('explained', { execution, records: sample.rows.length });
  }
  await mapConcurrently(parts, DELETIONS, deleteObject);
  return {};
};

/** Of no known size: each is asked for, and named where it is missing. */
function sampleParts(work: WorkLocation, { itemCount }: Plan) {
  return Array.from({ length: itemCount }, (_, index) => ({ ...profileLocation(work, index), size: 0 }));
}

/** What the function that asks knows beside its settings. */
interface Asking {
  readonly isOver: () => boolean;
  /** whether rows are of a window, whose traffic is known; false of a dataset */
  readonly isWindow: boolean;
}

/** What a model says of a sample; where it says nothing, why. */
async function explain(sample: RowSample, settings: ExplanationSettings, asking: Asking): Promise<RowSample> {
  try {
    const baseline = await baselineRows(settings);
    const { ownCalls } = settings;
    if (ownCalls) return await explainByCalls(sample, { ...settings, ownCalls }, { ...asking, baseline });
    return await explainedSample(sample, shapSettings(settings, new AskedModel(settings, asking.isOver), baseline));
  } catch (error) {
    if (!isOfTheModel(error)) throw error;
    return sample.explained({ refusal: error.message });
  }
}

/** Of an endpoint that has traffic of its own: as many rows as it may be asked about, by calls that are known as such. */
async function explainByCalls(
  sample: RowSample,
  settings: ExplanationSettings & { readonly ownCalls: OwnCallSettings },
  { isOver, isWindow, baseline }: Asking & { readonly baseline: FeatureRow[] },
): Promise<RowSample> {
  const { ownCalls } = settings;
  if (sample.rows.length === 0) return sample;
  const { batchSize } = new AskedModel(settings, isOver);
  const asked = { ownCalls, baselineRows: baseline.length, batchSize, isWindow };
  const affordable = affordableSample(sample, settings, asked);
  if ('refusal' in affordable) return sample.explained(affordable);
  const calling = await OwnCalling.begin({ ...ownCalls, limit: affordable.limit });
  try {
    const model = new AskedModel(settings, isOver, calling);
    return await explainedSample(affordable.sample, shapSettings(settings, model, baseline));
  } finally {
    await calling.end();
  }
}

function shapSettings(settings: ExplanationSettings, model: AskedModel, baseline: FeatureRow[]): ShapSettings {
  const {
    headers,
    model: { labels, requestsAtOnce },
    sampleCount,
    seed,
    aggregation,
    useLogit,
  } = settings;
  return {
    names: { features: headers, labels },
    baseline,
    predict: (rows) => model.predict(rows),
    requests: () => model.requests,
    batchSize: model.batchSize,
    rowsAtOnce: requestsAtOnce,
    sampleCount,
    seed,
    aggregation,
    link: useLogit ? 'logit' : 'identity',
  };
}

async function baselineRows({ baseline, headers, features }: ExplanationSettings): Promise<FeatureRow[]> {
  const text = 'text' in baseline ? baseline.text : await readText(baseline.object);
  const read = shapBaselineRows(text, { headers, features });
  if ('rows' in read) return read.rows;
  const where = 'text' in baseline ? 'the SHAP baseline' : s3Uri(baseline.object);
  throw new Failure(
    'UnusableShapBaseline',
    `${where} holds no records of ${headers.length} features: ${read.problem}; write them in the form of the dataset, without a header`,
  );
}
