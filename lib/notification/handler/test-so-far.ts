import { folderIn, objectIn, type PrefixLocation } from '../../core/contract';
import { FILES } from '../../outcome/contract';
import type { ToldOutcome } from '../../outcome/handler/told-outcome';
import { dueBefore, reportPath } from '../../outcome/run-times';
import { type KeptTest, TEST_FILE } from '../../outcome/tested/contract';
import { readJsonIfExists } from '../../runtime/s3';
import type { TestedPair } from '../test-sentence';

/** How far the test is that a run was told to: with its window, or with the one before where that is not counted yet. Undefined where there is none, or nothing is known. */
export async function testSoFar(told: ToldOutcome): Promise<TestedPair | undefined> {
  const { comparison } = told;
  if (!comparison?.evidence) return undefined;
  for (const folder of foldersOf(told)) {
    const kept = await readJsonIfExists<KeptTest>(objectIn(folder, TEST_FILE));
    if (kept?.test === comparison.evidence.test) return { ...comparison, kept };
  }
  return undefined;
}

/** Of the run, and of the one before it. */
function foldersOf({ location, due, times }: ToldOutcome): PrefixLocation[] {
  if (!location) return [];
  const { key, ...bucket } = location;
  const own = { ...bucket, prefix: key.slice(0, -`/${FILES.report}`.length) };
  if (due === undefined || times === undefined) return [own];
  const path = reportPath(times, new Date(due));
  const root = { ...bucket, prefix: own.prefix.slice(0, -`/${path}`.length) };
  return [own, folderIn(root, reportPath(times, dueBefore(times, new Date(due))))];
}
