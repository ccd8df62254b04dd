import type { TestEvidence } from '../outcome/comparison/contract';
import { type ExecutionReport, FILES, variantFile } from '../outcome/contract';
import { type KeptTest, TEST_FILE } from '../outcome/tested/contract';
import type { ComparedFiles, ReportedRun } from './reported-run';

/** What bias and attributions come to, and what they are compared with. */
const ANALYSIS = 'analysis.json';

/** What a file of a folder says, by its name there; undefined where there is none. */
export type JsonOf = <T>(name: string) => Promise<T | undefined>;

/** Where the files that a page is made of lie. */
export interface PlacesOfRun {
  /** beside the report */
  readonly own: JsonOf;
  /** what the run was compared with */
  readonly baseline: JsonOf;
}

/** What a page is made of beyond the report and those of the windows before it: whatever there is of the files, wherever they lie. */
export async function filesOfRun(
  { outcome: { variants }, comparison }: ExecutionReport,
  { own, baseline }: PlacesOfRun,
): Promise<Pick<ReportedRun, 'run' | 'baseline' | 'variants' | 'violations' | 'test'>> {
  const listed = await own<Pick<ReportedRun, 'violations'>>(FILES.violations);
  return {
    run: await comparedFiles(own),
    baseline: await comparedFiles(baseline),
    variants: variants?.length ? await filesOfVariants(variants, own) : undefined,
    violations: listed?.violations,
    test: comparison?.evidence && (await testOf(comparison.evidence, own)),
  };
}

/** What the test has kept that the window was told to; nothing of another one. */
async function testOf({ test }: Pick<TestEvidence, 'test'>, own: JsonOf): Promise<KeptTest | undefined> {
  const kept = await own<KeptTest>(TEST_FILE);
  return kept?.test === test ? kept : undefined;
}

/** Of each variant, where each was judged apart. */
async function filesOfVariants(variants: readonly { readonly variant: string }[], own: JsonOf) {
  const files: { [variant: string]: ComparedFiles } = {};
  for (const { variant } of variants) files[variant] = await comparedFiles((name) => own(variantFile(variant, name)));
  return files;
}

async function comparedFiles(json: JsonOf): Promise<ComparedFiles> {
  return {
    statistics: await json(FILES.statistics),
    constraints: await json(FILES.constraints),
    analysis: await json(ANALYSIS),
  };
}
