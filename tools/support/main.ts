import * as fs from 'node:fs';
import * as path from 'node:path';
import { supportPage } from './page';

const PAGE = path.join(__dirname, '../../docs/support.md');

process.env.CDK_VALIDATION = 'false'; // a test of its own validates the templates
const page = supportPage();
if (process.argv.includes('--write')) fs.writeFileSync(PAGE, page);
else process.stdout.write(page);
