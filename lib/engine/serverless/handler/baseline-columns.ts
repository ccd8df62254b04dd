import { type ExpectedColumns, expectedColumns, followsContainer, type Statistics } from '../../../analysis';
import { wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { readJson } from '../../../runtime/s3';
import type { AnalysisRequest } from '../contract';

/**
 * The columns of a monitor's baseline: what is read of others is bounded. Undefined for a dataset, which has none yet, and for kinds that compare no
 * statistics. Where they cannot be read, the window
 * is read without them, and the conclusion, which needs more of the baseline, says what is wrong.
 */
export async function baselineColumns(request: AnalysisRequest): Promise<ExpectedColumns | undefined> {
  const statistics = request.mode === 'monitor' ? request.baseline.statistics : undefined;
  if (request.mode !== 'monitor' || !statistics) return undefined;
  try {
    return expectedColumns(await readJson<Statistics>(statistics), followsContainer(request));
  } catch (error) {
    log('columns not known', { monitorId: request.monitor.id, reason: wordsOf(error) });
    return undefined;
  }
}
