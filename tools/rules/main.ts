import * as fs from 'node:fs';
import * as path from 'node:path';
import { rulesPage } from './page';
import { currentFindings } from './synthesis';

const PAGE = path.join(__dirname, '../../docs/rules.md');

process.env.CDK_VALIDATION = 'false'; // a test of its own validates the templates
const page = rulesPage(currentFindings());
if (process.argv.includes('--write')) fs.writeFileSync(PAGE, page);
else process.stdout.write(page);
