import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, EXIT, type Output, UsageError } from './command';
import { compareAttribution } from './parity-attribution';
import { compareBias } from './parity-bias';
import { CaseFolder, IncomparableCase } from './parity-case';
import { Comparison } from './parity-comparison';
import { compareDataQuality } from './parity-data-quality';
import { compareModelQuality } from './parity-model-quality';

const USAGE = 'usage: cdk-sagemaker-monitoring parity <folder of a case>';

/**
 * Compares this library's analysis with files that the real containers wrote, field by field.
 *
 * Exit codes: 0 all that could be compared is the same (to 1e-9), 1 something differs, 2 nothing was compared, 64 usage.
 */
export const parity: Command = {
  summary: 'compares the analysis with real outputs of Model Monitor: parity <folder>',
  usage: USAGE,
  async run(args, output) {
    const folder = folderOf(args);
    const comparison = new Comparison();
    try {
      await compareCase(new CaseFolder(folder), comparison, output);
    } catch (error) {
      output.error(`ParityNothingCompared: ${reasonOf(error)}`);
      return EXIT.nothingDone;
    }
    return conclude(comparison, output);
  },
};

/** One line. What is not foreseen is in the files too, as these are the only input. */
function reasonOf(error: unknown): string {
  const { message } = error as Error;
  const reason = error instanceof IncomparableCase ? message : `the files are not as their kind has them: ${message}`;
  return reason.replace(/\s+/g, ' ');
}

function folderOf(args: string[]): string {
  const { positionals } = parse(args);
  const [folder] = positionals;
  if (positionals.length !== 1 || folder === undefined) throw new UsageError(`ParityUsage: name one folder\n${USAGE}`);
  if (existsSync(join(folder, 'case.json'))) return folder;
  throw new UsageError(`ParityUsage: "${folder}" has no case.json\n${USAGE}`);
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: {}, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`ParityUsage: ${(error as Error).message}\n${USAGE}`);
  }
}

async function compareCase(folder: CaseFolder, comparison: Comparison, output: Output): Promise<void> {
  const parityCase = await folder.readCase();
  output.out(`${parityCase.title} (${parityCase.kind}, ${parityCase.build})`);
  const compare = Object.hasOwn(KINDS, parityCase.kind) ? KINDS[parityCase.kind] : undefined;
  if (!compare) throw new IncomparableCase(`kind "${parityCase.kind}" is not compared yet`);
  await compare(folder, parityCase, comparison);
}

/** How cases of a kind are compared. */
const KINDS: Readonly<Record<string, typeof compareDataQuality | undefined>> = {
  'data-quality': compareDataQuality,
  'model-quality': compareModelQuality,
  attribution: compareAttribution,
  bias: compareBias,
};

function conclude(comparison: Comparison, output: Output): number {
  for (const line of comparison.lines()) output.out(line);
  if (comparison.total('different') > 0) return EXIT.findings;
  if (comparison.total('identical') + comparison.total('rounding') > 0) return EXIT.ok;
  output.error('ParityNothingCompared: the case has no file that could be compared');
  return EXIT.nothingDone;
}
