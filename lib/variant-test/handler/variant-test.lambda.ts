import { type ObjectLocation, objectIn, type PrefixLocation } from '../../core/contract';
import { FILES } from '../../outcome/contract';
import { keptReport } from '../../outcome/handler/kept-report';
import { toldOutcome } from '../../outcome/handler/told-outcome';
import { type KeptTest, TEST_FILE } from '../../outcome/tested/contract';
import { log } from '../../runtime/log';
import { readJsonIfExists, writeJsonInPlaceOf } from '../../runtime/s3';
import type { VariantTestRequest } from '../contract';
import { serviceEvidence } from './service-evidence';
import { endTest } from './test-end';
import { testProgress } from './test-progress';
import { windowWalk } from './window-walk';

/**
 * Adds a window to a test of two variants, and ends the test where that decides it. The event is the sign that a run was told; what is added is read from its report and
 * from what the windows before have left.
 */
export const handler = async (request: VariantTestRequest): Promise<void> => {
  const { account: accountId, region, test: settings } = request;
  const told = await toldOutcome(request);
  if (!told?.location) return log('not counted', { test: settings.name, reason: 'AnotherOutcome' });
  const { outcome: run, location: report } = told;
  const owner = { accountId, region, monitorId: run.monitorId };
  const location = objectIn(folderOf(report), TEST_FILE);
  const kept = await keptOf(location, settings.key, async () => {
    const found = await keptReport(report, owner);
    if (!found) return undefined;
    const walk = await windowWalk(found.report, report, { key: settings.key, owner });
    return testProgress(settings, walk, async ({ endpointName, start, end }) =>
      endpointName === undefined ? {} : serviceEvidence(settings, { endpointName, start, end }),
    );
  });
  if (!kept) return log('not counted', { test: settings.name, reason: 'NothingKnown' });
  const { windows, outcome, isNew } = kept;
  log('counted', { test: settings.name, windows, outcome, isNew });
  if (isNew) await endTest({ settings, kept, location, run });
};

/** What the test has kept of a window, or what it comes to now: whoever writes first has decided. */
async function keptOf(
  location: ObjectLocation,
  key: string,
  progress: () => Promise<KeptTest | undefined>,
): Promise<KeptTest | undefined> {
  const own = async () => {
    const found = await readJsonIfExists<KeptTest>(location);
    return found?.test === key ? found : undefined;
  };
  const before = await own();
  if (before) return before;
  const kept = await progress();
  if (!kept) return undefined;
  return (await writeJsonInPlaceOf(location, undefined, kept)) ? kept : ((await own()) ?? kept);
}

/** The folder of a run's report. */
function folderOf({ key, ...bucket }: ObjectLocation): PrefixLocation {
  return { ...bucket, prefix: key.slice(0, -`/${FILES.report}`.length) };
}
