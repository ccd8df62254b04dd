import * as fs from 'node:fs';
import * as path from 'node:path';
import { complaintsAbout } from './compilation';
import { docExamples } from './doc-examples';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8');

const fixture = read('rosetta/default.ts-fixture');
const pages = fs
  .readdirSync(path.join(ROOT, 'docs'), { encoding: 'utf8', recursive: true })
  .filter((file) => file.endsWith('.md'))
  .map((file) => path.join('docs', file))
  .sort();
const examples = pages.flatMap((page) => docExamples(page, read(page), fixture));
const complaints = complaintsAbout(ROOT, examples);
for (const complaint of complaints) console.error(complaint);
console.log(`${examples.length} examples of docs/ compiled, ${complaints.length} complaints`);
process.exitCode = complaints.length > 0 || examples.length === 0 ? 1 : 0;
