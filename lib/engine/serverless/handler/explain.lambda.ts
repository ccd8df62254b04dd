import {
  type ExplanationSettings as Asking,
  explainedSample,
  type FeatureRow,
  type RowSample,
  sampleJudging,
  shapBaselineRows,
} from '../../../analysis';
import type { ExplanationSettings } from '../../../baseline/contract';
import { mapConcurrently } from '../../../runtime/concurrency';
import { Failure, malformedRequest } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { deleteObject, objectExists, readText, s3Uri } from '../../../runtime/s3';
import { type Timed, timeIsOver } from '../../../runtime/time-left';
import type { AnalysisState, Plan } from '../contract';
import { profileLocation, type WorkLocation } from '../plan-items';
import { explainedLocation, partsWork } from '../samples';
import { AskedModel, isOfTheModel } from './asked-model';
import { writeIntermediate } from './intermediate-object';
import { mergedPart } from './merged-part';

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
    const outcome = await explain(sample, explanation, timeIsOver(context, KEPT));
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

/** What a model says of a sample; where it says nothing, why. */
async function explain(sample: RowSample, settings: ExplanationSettings, isOver: () => boolean): Promise<RowSample> {
  const model = new AskedModel(settings, isOver);
  try {
    const baseline = await baselineRows(settings);
    return await explainedSample(sample, asking(settings, model, baseline));
  } catch (error) {
    if (!isOfTheModel(error)) throw error;
    return sample.explained({ refusal: error.message });
  }
}

function asking(settings: ExplanationSettings, model: AskedModel, baseline: FeatureRow[]): Asking {
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
