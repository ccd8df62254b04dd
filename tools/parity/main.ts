// Lets the machine of a synthesized app analyse what real containers analysed, and compares its files with theirs, field by field:
// `npm run parity:deployed -- ../shared/parity/<case> ...`
import { CaseFolder, IncomparableCase } from '../../lib/cli/parity-case';
import { Comparison } from '../../lib/cli/parity-comparison';
import { compareDeployedBias } from './bias';
import { compareDeployedDataQuality } from './data-quality';
import { compareDeployedQuality } from './model-quality';

const KINDS: Readonly<Record<string, typeof compareDeployedBias | undefined>> = {
  'data-quality': compareDeployedDataQuality,
  'model-quality': compareDeployedQuality,
  bias: compareDeployedBias,
};

/** Whether something was compared, and nothing differs. */
async function isSame(path: string): Promise<boolean> {
  const folder = new CaseFolder(path);
  const parity = await folder.readCase();
  const compare = Object.hasOwn(KINDS, parity.kind) ? KINDS[parity.kind] : undefined;
  if (!compare) throw new IncomparableCase(`cases of "${parity.kind}" are not deployed`);
  const comparison = new Comparison();
  await compare(folder, parity, comparison);
  console.log(`\n${parity.title} (${parity.kind}, ${parity.build}), by the synthesized machine`);
  for (const line of comparison.lines()) console.log(line);
  return comparison.total('different') === 0 && comparison.total('identical') + comparison.total('rounding') > 0;
}

/** Of what is no case that can be compared, a line says why, and the others are compared. */
async function isSameCase(path: string): Promise<boolean> {
  try {
    return await isSame(path);
  } catch (error) {
    if (!(error instanceof IncomparableCase)) throw error;
    console.error(`\n${path}: ${error.message}`);
    return false;
  }
}

async function main(paths: readonly string[]): Promise<number> {
  let failed = 0;
  for (const path of paths) if (!(await isSameCase(path))) failed += 1;
  console.log(`\n${paths.length - failed} of ${paths.length} cases are the same`);
  return failed === 0 && paths.length > 0 ? 0 : 1;
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
