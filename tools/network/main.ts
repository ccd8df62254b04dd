import * as fs from 'node:fs';
import * as path from 'node:path';
import { currentPermissions } from '../permissions/synthesis';
import { networkedFunctions } from './functions';
import { networkPage } from './page';

const PAGE = path.join(__dirname, '../../docs/network.md');

process.env.CDK_VALIDATION = 'false'; // a test of its own validates the templates
const page = networkPage(networkedFunctions(currentPermissions()));
if (process.argv.includes('--write')) fs.writeFileSync(PAGE, page);
else process.stdout.write(page);
