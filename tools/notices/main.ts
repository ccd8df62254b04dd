// What is owed to the packages whose code is bundled: `npm run notices [-- --write]`.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from '../../test/project/source-files';
import { noticeFiles } from './notice-files';

async function main(): Promise<void> {
  for (const [file, text] of Object.entries(await noticeFiles())) {
    if (process.argv.includes('--write')) fs.writeFileSync(path.join(ROOT, file), text);
    else process.stdout.write(text);
  }
}

void main();
