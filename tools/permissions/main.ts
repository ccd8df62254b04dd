import * as fs from 'node:fs';
import * as path from 'node:path';
import { permissionsPage } from './page';
import { currentPermissions } from './synthesis';

const PAGE = path.join(__dirname, '../../docs/permissions.md');

process.env.CDK_VALIDATION = 'false'; // a test of its own validates the templates
const page = permissionsPage(currentPermissions());
if (process.argv.includes('--write')) fs.writeFileSync(PAGE, page);
else process.stdout.write(page);
