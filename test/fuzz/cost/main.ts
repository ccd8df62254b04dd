import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { FAMILIES, type Family, type Genes } from './families';
import { costOf } from './measure';
import { randomOf } from './random';
import { referencePerByte, search } from './search';
import { WORST } from './worst';

const USAGE = 'usage: npm run fuzz:cost -- [--minutes <n>] [--seed <n>] [--family <name>] [--worst]';

/** Searches for payloads that cost too much, or measures the worst that were found. Exit codes: 0 found none, 1 found one, 64 usage. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: `${randomInt(2 ** 31)}` },
      family: { type: 'string' },
      worst: { type: 'boolean', default: false },
      measure: { type: 'string' },
    },
  });
  const families = FAMILIES.filter(({ name }) => values.family === undefined || name === values.family);
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (families.length === 0 || !(minutes > 0) || !Number.isSafeInteger(seed)) {
    console.error(USAGE);
    return 64;
  }
  if (values.measure !== undefined) return measure(families[0], JSON.parse(values.measure));
  if (values.worst) return worst(families);
  console.log(`seed ${seed}, ${minutes} minutes`);
  return (await searched(families, { seed, milliseconds: (minutes * 60_000) / families.length })) ? 1 : 0;
}

async function searched(
  families: readonly Family[],
  { seed, milliseconds }: { readonly seed: number; readonly milliseconds: number },
): Promise<boolean> {
  let hasFound = false;
  for (const family of families) {
    const perByte = await referencePerByte(family);
    const end = Date.now() + milliseconds;
    const isOver = () => Date.now() >= end;
    const { worst: found, tried, finding } = await search(family, randomOf(seed), { tries: 1e9, isOver, perByte });
    console.log(
      `${family.name}: ${tried} tried, an ordinary byte costs ${(1e6 * perByte).toFixed(0)} ns; ${words(finding ?? found)}`,
    );
    if (finding) console.error(`CostFound: ${family.name} ${JSON.stringify(finding.genes)}`);
    hasFound ||= finding !== undefined;
  }
  return hasFound;
}

const words = ({ genes, cost }: { genes: Genes; cost: { bytes: number; milliseconds: number; memory: number } }) =>
  `worst ${cost.bytes} bytes, ${cost.milliseconds.toFixed(0)} ms, ${(cost.memory / 2 ** 20).toFixed(0)} MiB, ${JSON.stringify(genes)}`;

/** Each in a process of its own, whose memory is its peak. */
function worst(families: readonly Family[]): number {
  for (const { name } of families) {
    for (const genes of WORST[name]) {
      const args = [...process.execArgv, __filename, '--family', name, '--measure', JSON.stringify(genes)];
      process.stdout.write(execFileSync(process.execPath, ['--max-semi-space-size=4', ...args], { encoding: 'utf8' }));
    }
  }
  return 0;
}

async function measure(family: Family, genes: Genes): Promise<number> {
  const cost = await costOf(family, genes);
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(`${family.name}: ${words({ genes, cost })}, ${peak.toFixed(0)} MiB of the process at most`);
  return 0;
}

main().then((code) => {
  process.exitCode = code;
});
