import { objectIn, type PrefixLocation } from '../../core/contract';
import { wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { s3Uri, writeJson } from '../../runtime/s3';
import { type ExecutionCompletedDetail, FILES, type Publishing, type ReportOwner } from '../contract';
import { isToldWhole } from '../report-disposition';
import { type Decision, decisionAt } from './decision';
import { besideFiles, isSamePlace } from './former-reports';
import { publishOutcome } from './publication';

/** Tells what is left to tell of a decision. Where its files lie elsewhere, as the container's do, a copy of the report is beside them. */
export async function tell(decision: Decision, publishing: Publishing): Promise<void> {
  await copyBesideFiles(decision);
  const told = await publishOutcome(decision, publishing);
  if (told) await copyBesideFiles(told);
  else
    log('replaced meanwhile', { report: s3Uri(decision.location), executionId: decision.report.outcome.executionId });
}

/**
 * What the run that is decided in a folder has come to, once that is told, whole: undefined where it is not. What is decided and not told is told now;
 * where that fails, the log says why, and it is for the caller to be heard. A folder without a report, or with one that is none or somebody else's, is of a
 * run that was not told.
 *
 * @param otherwise how reports of earlier versions are told, which do not say
 */
export async function tellRest(
  folder: PrefixLocation,
  owner: ReportOwner,
  otherwise: Publishing,
): Promise<ExecutionCompletedDetail | undefined> {
  const location = objectIn(folder, FILES.report);
  try {
    const decision = await decisionAt(location, owner);
    if (!decision) return undefined;
    const { report } = decision;
    if (!isToldWhole(report)) {
      await tell(decision, report.publishing ?? otherwise);
      log('run told late', { report: s3Uri(location) });
    }
    return report.outcome;
  } catch (error) {
    log('run not told', { report: s3Uri(location), reason: wordsOf(error) });
    return undefined;
  }
}

async function copyBesideFiles({ location, report }: Decision): Promise<void> {
  const beside = besideFiles(report, location);
  if (!isSamePlace(beside, location)) await writeJson(beside, report);
}
