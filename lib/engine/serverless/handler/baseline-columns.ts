import { type ExpectedColumns, expectedColumns, type Statistics } from '../../../analysis';
import { wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { readJson } from '../../../runtime/s3';
import { hasContainerRules } from '../container-rules';
import type { AnalysisRequest } from '../contract';

/**
 * The columns of a monitor's baseline: what is read of others is bounded. Undefined for a dataset, which has none yet, and for kinds that compare no
 * statistics.
 */
export async function baselineColumns(request: AnalysisRequest): Promise<ExpectedColumns | undefined> {
  const statistics = request.mode === 'monitor' ? request.baseline.statistics : undefined;
  if (request.mode !== 'monitor' || !statistics) return undefined;
  return expectedColumns(await readJson<Statistics>(statistics), hasContainerRules(request));
}

/** The same, undefined as well where they cannot be read: the window is read without them, and the conclusion, which needs more of the baseline, says what is wrong. */
export async function columnsIfKnown(request: AnalysisRequest): Promise<ExpectedColumns | undefined> {
  try {
    return await baselineColumns(request);
  } catch (error) {
    log('columns not known', { reason: wordsOf(error) });
    return undefined;
  }
}
