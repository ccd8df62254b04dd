import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPECTED, isRight } from '../../../tools/cases/expected';
import { outcomeOf } from '../../../tools/cases/outcome';
import { random } from '../../analysis/data-quality/detectors/traffic';
import { INSTANCES } from './instances';

const SEED = 20200602;

test('each kind is drawn, and of each it is said what is right', () => {
  expect(Object.keys(INSTANCES).sort()).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(Object.keys(EXPECTED))(`%s (seed ${SEED})`, (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'case-'));
  const runs = Object.entries(EXPECTED[name]).flatMap(([file, given]) =>
    [given].flat().map((one) => ({ file, ...one })),
  );

  beforeAll(async () => {
    const files = await INSTANCES[name](random(SEED));
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(runs)('$file ends as it should, with $declared', async ({ file, right, declared }) => {
    const outcome = await outcomeOf(folder, file, declared);
    expect({ outcome, isRight: isRight(outcome, right) }).toEqual({ outcome, isRight: true });
  });
});
