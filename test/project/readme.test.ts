import { links } from './documentation';
import { readText } from './source-files';

const README = readText('README.md');
const COMMANDS = [...README.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block]) => block.trim().split('\n'));
const SCRIPTS = (JSON.parse(readText('package.json')) as { scripts: { [name: string]: string } }).scripts;

test('the README says with one command each how to see the library and how to test it', () => {
  expect(COMMANDS.filter((command) => command.startsWith('npm ci'))).toEqual([
    'npm ci && npm run demo',
    'npm ci && npm test',
  ]);
});

test('every npm command of the README is a script', () => {
  const named = COMMANDS.flatMap((command) =>
    [...command.matchAll(/npm (?:run )?([\w:-]+)/g)].map((match) => match[1]),
  );
  expect(named).toEqual(expect.arrayContaining(['demo', 'test']));
  expect(named.filter((name) => name !== 'ci' && !(name in SCRIPTS))).toEqual([]);
});

test('every reference of the README is defined, and every definition used', () => {
  const used = [...README.matchAll(/\]\[([\w-]+)\]/g)].map((match) => match[1]);
  const defined = [...README.matchAll(/^\[([\w-]+)\]: https:\/\/\S+$/gm)].map((match) => match[1]);
  expect([...new Set(used)].sort()).toEqual([...defined].sort());
});

test('links that leave the project are encrypted', () => {
  expect(links(README).filter((target) => target.startsWith('http:'))).toEqual([]);
});
