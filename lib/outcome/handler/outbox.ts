import { objectIn, type PrefixLocation } from '../../core/contract';
import { wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { readJsonIfExists, s3Uri, writeJson } from '../../runtime/s3';
import { type ExecutionReport, FILES, type Publishing } from '../contract';
import { isToldWhole } from '../report-disposition';
import { publishOutcome } from './publication';

/**
 * Whether the run whose report lies in a folder is told, whole. What is written and not told is told now; where that fails, the log says why, and it is
 * for the caller to be heard. A folder without a report, or with one that is none, is of a run that was not told.
 *
 * @param otherwise how reports of earlier versions are told, which do not say
 */
export async function tellRest(folder: PrefixLocation, otherwise: Publishing): Promise<boolean> {
  const location = objectIn(folder, FILES.report);
  const report = await readJsonIfExists<ExecutionReport>(location);
  if (!report) return false;
  try {
    if (isToldWhole(report)) return true;
    await publishOutcome(report, report.publishing ?? otherwise, (saved) => writeJson(location, saved));
  } catch (error) {
    log('run not told', { report: s3Uri(location), reason: wordsOf(error) });
    return false;
  }
  log('run told late', { report: s3Uri(location) });
  return true;
}
