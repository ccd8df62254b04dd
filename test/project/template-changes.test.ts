import { releasedApps } from '../../tools/templates/release';
import { reportOf } from '../../tools/templates/report';
import { REVIEWED } from '../../tools/templates/reviewed';
import { changesSinceRelease, currentTemplates } from '../../tools/templates/synthesis';
import { faultsOf, type StackChanges } from '../../tools/templates/verdict';
import { APP_NAMES, EXAMPLES } from './apps';
import { readText } from './source-files';

let changes: readonly StackChanges[];

beforeAll(() => {
  changes = changesSinceRelease(currentTemplates());
});

test('the last release kept the templates of every example', () => {
  expect(releasedApps()).toEqual(expect.arrayContaining(Object.keys(EXAMPLES)));
  expect(changes.length).toBeGreaterThanOrEqual(APP_NAMES.length);
});

test("TEMPLATE-CHANGES.md is current; if it is not: 'npm run templates -- --write'", () => {
  expect(readText('TEMPLATE-CHANGES.md')).toBe(reportOf(changes, REVIEWED));
});

test('no release loses state, or makes an update that would be refused, without a review', () => {
  expect(faultsOf(changes, REVIEWED)).toEqual([]);
});
