import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { type Property, properties } from './properties';

const CASES_PER_ROUND = 2000;
const USAGE = 'usage: npm run fuzz -- [--minutes <n>] [--seed <n>]';

/** Looks for inputs that break a property, with a new seed each round. Exit codes: 0 found none, 1 found one, 64 usage. */
function main(): number {
  const { minutes, seed: first } = options();
  const end = Date.now() + minutes * 60_000;
  console.log(`seed ${first}, ${minutes} minutes`);
  let cases = 0;
  for (let seed = first; Date.now() < end; seed++) {
    for (const property of properties) {
      const found = fc.check(fc.property(property.input, property.check), { seed, numRuns: CASES_PER_ROUND });
      cases += found.numRuns;
      if (found.failed) return report(property, found);
    }
    console.log(`${cases} cases, seed ${seed} done`);
  }
  return 0;
}

/** Keeps the smallest failing input; its seed and path repeat it. */
function report(
  { name }: Property,
  { seed, counterexample, counterexamplePath, errorInstance }: fc.RunDetails<[unknown]>,
): number {
  const file = `fuzz-failure-${seed}.json`;
  writeFileSync(
    file,
    `${JSON.stringify({ property: name, seed, path: counterexamplePath, counterexample }, inHexadecimal, 2)}\n`,
  );
  console.error(`FuzzFailed: "${name}" does not hold, seed ${seed}; the input is in ${file}`);
  console.error(fc.stringify(counterexample));
  console.error(errorInstance instanceof Error ? errorInstance.message : errorInstance);
  return 1;
}

const inHexadecimal = (_: string, value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;

function options(): { minutes: number; seed: number } {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } });
  const minutes = Number(values.minutes);
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  if (minutes > 0 && Number.isSafeInteger(seed)) return { minutes, seed };
  console.error(USAGE);
  process.exit(64);
}

process.exitCode = main();
