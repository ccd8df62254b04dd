import type { ObjectLocation, PrefixLocation } from '../../../core/contract';
import { type ExecutionReport, FILES } from '../../../outcome/contract';
import { dueBefore, reportPath } from '../../../outcome/run-times';
import { TEST_FILE } from '../../../outcome/tested/contract';
import { HISTORY_WINDOWS } from '../../../report';
import { listObjects } from '../../../runtime/s3';

/** What lies in the folder of a run, and which reports the runs before it have left. */
export interface RunFolders {
  /**
   * by their names in the folder, as `statistics.json` and `variants/green/statistics.json`; how far a test is stands in that of the last window before where it does not
   * stand here yet
   */
  readonly own: ReadonlyMap<string, ObjectLocation>;
  /** the oldest first: of the last 27 windows those that have one */
  readonly earlier: readonly ObjectLocation[];
}

/** Behind all keys of a folder that any file has. */
const LAST = '\u{ffff}';

/** Finds them by one listing: keys are in the order of time. */
export async function runFolders(report: ExecutionReport, folder: PrefixLocation): Promise<RunFolders> {
  const { root, paths } = placeOf(report, folder);
  const own = `${folder.prefix}/`;
  const range = { after: root + paths[0], until: own + LAST };
  const found = await listObjects(folder, root, range);
  const before = paths.slice(0, -1);
  const named = (name: string) => {
    const keys = new Set(before.map((path) => `${root}${path}/${name}`));
    return found.filter(({ key }) => keys.has(key));
  };
  const beside = found.filter(({ key }) => key.startsWith(own)).map((one) => [one.key.slice(own.length), one] as const);
  const tests = named(TEST_FILE)
    .slice(-1)
    .map((object) => [TEST_FILE, object] as const);
  return { own: new Map([...tests, ...beside]), earlier: named(FILES.report) };
}

/** What precedes the folders of a monitor's runs, and which these are, the oldest first, the run's own last. Reports of earlier versions do not say when others were due. */
function placeOf({ due, times }: ExecutionReport, { prefix }: PrefixLocation): { root: string; paths: string[] } {
  const paths: string[] = [];
  for (let at = due && new Date(due); times && at && paths.length < HISTORY_WINDOWS; at = dueBefore(times, at))
    paths.unshift(reportPath(times, at));
  const own = paths.at(-1);
  if (own !== undefined && prefix.endsWith(`/${own}`)) return { root: prefix.slice(0, -own.length), paths };
  const name = prefix.slice(prefix.lastIndexOf('/') + 1);
  return { root: prefix.slice(0, -name.length), paths: [name] };
}
