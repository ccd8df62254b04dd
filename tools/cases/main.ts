// Runs inputs that people got wrong answers for, and compares what comes out with what is right: `npm run cases -- ../shared/cases`
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXPECTED, isRight } from './expected';
import { outcomeOf } from './outcome';

async function main([folder]: readonly string[]): Promise<number> {
  const given = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const unknown = given.map(({ name }) => name).filter((name) => !(name in EXPECTED));
  let wrong = unknown.length;
  for (const name of unknown) console.log(`FAILED  ${name}: nobody says here what is right`);
  for (const [name, runs] of Object.entries(EXPECTED)) {
    const files = Object.entries(runs).flatMap(([file, given]) => [given].flat().map((one) => ({ file, ...one })));
    for (const { file, right, declared } of files) {
      const outcome = await outcomeOf(join(folder, name), file, declared);
      const isAsExpected = isRight(outcome, right);
      wrong += isAsExpected ? 0 : 1;
      console.log(
        `${isAsExpected ? 'ok    ' : 'FAILED'}  ${name}/${file}${declared ? ` with ${JSON.stringify(declared)}` : ''}: ${outcome.join('; ') || 'whole, no violation'}`,
      );
      if (!isAsExpected) console.log(`        right is: ${right.join('; ') || 'whole, no violation'}`);
    }
  }
  console.log(wrong === 0 ? 'every case ends as it should' : `${wrong} do not`);
  return wrong === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
