import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { byOrdinaryBytes, bySize } from './bars';
import { FAMILIES, type Family, type Genes } from './families';
import { measured } from './measured-process';
import { randomOf } from './random';
import { referencePerByte, search } from './search';
import { WORST } from './worst';
import { isWorstBearable } from './worst-measured';

const USAGE = 'usage: npm run fuzz:cost -- [--minutes <n>] [--seed <n>] [--family <name>] [--size <MiB>] [--worst]';

/** Searches for payloads that cost too much, or measures the worst that were found. Exit codes: 0 none costs too much, 1 one does, 64 usage. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: `${randomInt(2 ** 31)}` },
      family: { type: 'string' },
      size: { type: 'string' },
      worst: { type: 'boolean', default: false },
      measure: { type: 'string' },
    },
  });
  const families = FAMILIES.filter(({ name }) => values.family === undefined || name === values.family);
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  const size = values.size === undefined ? undefined : Number(values.size);
  if (families.length === 0 || !(minutes > 0) || !Number.isSafeInteger(seed) || (size !== undefined && !(size > 0))) {
    console.error(USAGE);
    return 64;
  }
  if (values.measure !== undefined) {
    process.stdout.write(JSON.stringify(await measured(JSON.parse(values.measure))));
    return 0;
  }
  if (values.worst) return isWorstBearable() ? 0 : 1;
  console.log(`seed ${seed}, ${minutes} minutes${size === undefined ? '' : `, up to ${size} MiB`}`);
  return (await searched(families, { seed, size, milliseconds: (minutes * 60_000) / families.length })) ? 1 : 0;
}

interface Asked {
  readonly seed: number;
  /** MiB that a payload has at most, by which *profile* alone is judged; absent where a payload is judged by its bytes */
  readonly size?: number;
  /** for each family */
  readonly milliseconds: number;
}

async function searched(families: readonly Family[], { seed, size, milliseconds }: Asked): Promise<boolean> {
  let hasFound = false;
  for (const family of families) {
    const perByte = await referencePerByte(family);
    const bar = size === undefined ? byOrdinaryBytes(perByte) : bySize(size);
    const known = size === undefined ? [] : WORST[family.name];
    const begin = process.cpuUsage();
    const isOver = () => spent(begin) >= milliseconds;
    const { worst, tried, finding } = await search(family, randomOf(seed), { tries: 1e9, isOver, bar, known });
    console.log(
      `${family.name}: ${tried} tried, an ordinary byte costs ${(1e6 * perByte).toFixed(0)} ns; ${words(finding ?? worst)}`,
    );
    if (finding) console.error(`CostFound: ${family.name} ${JSON.stringify(finding.genes)}`);
    hasFound ||= finding !== undefined;
  }
  return hasFound;
}

/** Of the processor, so that a search beside other work is no shorter. */
function spent(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

const words = ({ genes, cost }: { genes: Genes; cost: { bytes: number; milliseconds: number; memory: number } }) =>
  `worst ${cost.bytes} bytes, ${cost.milliseconds.toFixed(0)} ms, ${(cost.memory / 2 ** 20).toFixed(0)} MiB, ${JSON.stringify(genes)}`;

main().then((code) => {
  process.exitCode = code;
});
