import * as fs from 'node:fs';
import * as path from 'node:path';
import { keepTemplates } from './release';
import { reportOf } from './report';
import { REVIEWED } from './reviewed';
import { changesSinceRelease, currentTemplates } from './synthesis';
import { faultsOf } from './verdict';

const REPORT = path.join(__dirname, '../../TEMPLATE-CHANGES.md');
const USAGE = `npm run templates                compares the templates with those of the last release
npm run templates -- --write     writes TEMPLATE-CHANGES.md, too
npm run templates -- --release   keeps the templates as those of a release, and begins TEMPLATE-CHANGES.md anew`;

/** 0: fine; 1: state would be lost, an update refused, or the report is not current; 64: wrong arguments. */
function main(options: readonly string[]): number {
  const unknown = options.find((option) => !['--write', '--release'].includes(option));
  if (unknown !== undefined) {
    process.stderr.write(`UnknownOption: ${unknown}\n${USAGE}\n`);
    return 64;
  }
  const current = currentTemplates();
  if (options.includes('--release')) for (const [app, templates] of current) keepTemplates(app, templates);
  const changes = changesSinceRelease(current);
  const report = reportOf(changes, REVIEWED);
  if (options.length > 0) fs.writeFileSync(REPORT, report);
  process.stdout.write(report);
  const isCurrent = fs.readFileSync(REPORT, 'utf8') === report;
  if (!isCurrent)
    process.stderr.write("TEMPLATE-CHANGES.md is not current: 'npm run templates -- --write' writes it\n");
  return isCurrent && faultsOf(changes, REVIEWED).length === 0 ? 0 : 1;
}

process.env.CDK_VALIDATION = 'false'; // a test of its own validates the templates
process.exitCode = main(process.argv.slice(2));
