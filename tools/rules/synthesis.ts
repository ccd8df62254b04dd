import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { APP_NAMES, APPS } from '../../test/project/apps';
import { type Finding, findingsOf, isOurs } from './findings';

/** What the packs find on this library's resources in all apps. */
export function currentFindings(): Finding[] {
  return APP_NAMES.flatMap((name) => {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'rules-'));
    try {
      return findingsOf(APPS[name]({ outdir })).filter(isOurs);
    } finally {
      fs.rmSync(outdir, { recursive: true, force: true });
    }
  });
}
