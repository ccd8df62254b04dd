import type { AnalysisFiles, PartCounts } from '../../../analysis';
import { FILES, variantFile } from '../../../outcome/contract';
import type { RememberedQuality } from '../../../outcome/quality/contract';
import { readJson } from '../../../runtime/s3';
import { partVariantsLocation } from '../plan-items';
import { comparedVariants } from './compared-variants';
import { type JudgedParts, judgedParts, reported, type WindowData } from './judged-parts';
import { judgedWindow } from './judged-window';
import { type ConcludedVariant, ofOneAmong, sharedRate, variantsConclusion } from './variants-conclusion';

/** A variant with the files that its records come to. */
interface JudgedVariant extends ConcludedVariant {
  readonly files: AnalysisFiles;
  readonly quality: readonly RememberedQuality[];
}

/**
 * Checks the records of each variant that the monitor was asked for as if they were all, by its share of the rate of false alarms, and counts those of the
 * window as ever. Labels are every variant's: each takes those of its own predictions.
 */
export async function judgedVariants(window: WindowData): Promise<JudgedParts> {
  const { request, work, parts, baseline } = window;
  const owners = await readJson<(string | null)[]>(partVariantsLocation(work));
  const names = request.variants?.read ?? [];
  const shared = { ...request, drift: sharedRate(request.drift, names.length) };
  const judged: JudgedVariant[] = [];
  for (const variant of names) {
    const own = parts.filter((_, part) => owners[part] === variant || owners[part] === null);
    const {
      conclusion,
      files = {},
      quality = [],
    } = owners.includes(variant) ? await judgedParts({ ...window, request: shared, parts: own }) : WITHOUT_RECORDS;
    judged.push({ variant, conclusion: ofOneAmong(names.length, variant, conclusion), files, quality });
  }
  const counts = countsOfAll((await judgedWindow(window)).counts(baseline));
  const comparison = await comparedVariants(window, owners);
  const conclusion = { ...variantsConclusion(judged, counts), comparison };
  const isJudged = judged.some(({ files }) => files[FILES.violations]);
  const quality = judged.flatMap(({ variant, quality: own }) => own.map((figures) => ({ ...figures, variant })));
  return { conclusion, files: isJudged ? filesOf(judged) : ownFiles(judged), quality };
}

const WITHOUT_RECORDS: JudgedParts = { conclusion: { status: 'NoData' } };

/** What was read of all variants, where all of it is held at once; nothing is said of a part of it. */
const countsOfAll = (counts: PartCounts) => (counts.refusal === undefined ? reported(counts) : {});

/** Those of each variant in a folder of its name; absent where none has any. */
function ownFiles(judged: readonly JudgedVariant[]): AnalysisFiles | undefined {
  const own = judged.flatMap(({ variant, files }) =>
    Object.entries(files).map(([name, content]) => [variantFile(variant, name), content] as const),
  );
  return own.length === 0 ? undefined : Object.fromEntries(own);
}

/** With those of each variant one list of all violations, each with its variant. */
function filesOf(judged: readonly JudgedVariant[]): AnalysisFiles {
  const violations = judged.flatMap(({ variant, files }) => {
    const list = files[FILES.violations] as { readonly violations: object[] } | undefined;
    return list?.violations.map((entry) => ({ ...entry, variant })) ?? [];
  });
  return { ...ownFiles(judged), [FILES.violations]: { violations } };
}
