import { type AnalysisFiles, dataQualityAnalysis } from '../../lib/analysis';
import { type Random, random } from '../../test/analysis/data-quality/detectors/traffic';

/** A training file, as texts. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How a baseline and a window are drawn from a file. */
export interface Draw {
  readonly baselineShare: number;
  readonly windowShare: number;
  /** Whether the window is drawn from the baseline, a row more than once if need be; else from the rows that the baseline lacks. */
  readonly isReplaced: boolean;
}

/** A window with violations. */
export interface ViolatedWindow {
  readonly seed: number;
  readonly violations: string[];
}

const ANALYSIS = dataQualityAnalysis({
  input: { kind: 'dataset', format: { csv: { header: true } } },
  textKeys: { newKey: () => '', hash: (_, text) => text }, // nothing is kept
});

/** Of the draws of these seeds, those whose window violates what the baseline suggests, by the defaults of a monitor. */
export async function violatedWindows(table: Table, draw: Draw, seeds: readonly number[]): Promise<ViolatedWindow[]> {
  const found: ViolatedWindow[] = [];
  for (const seed of seeds) {
    const violations = await violationsOf(table, draw, seed);
    if (violations.length > 0) found.push({ seed, violations });
  }
  return found;
}

async function violationsOf({ header, rows }: Table, draw: Draw, seed: number): Promise<string[]> {
  const next = random(seed);
  const shuffled = shuffle(rows, next);
  const [known, size] = [Math.round(draw.baselineShare * rows.length), Math.round(draw.windowShare * rows.length)];
  const baseline = shuffled.slice(0, known);
  const window = draw.isReplaced
    ? Array.from({ length: size }, () => baseline[Math.floor(next() * known)])
    : shuffled.slice(known, known + size);
  const made = await ANALYSIS.baseline(profile(header, baseline));
  if ('refusal' in made) return [`refused: ${made.refusal}`];
  const files = JSON.parse(JSON.stringify(made.files)) as AnalysisFiles; // as it is read back
  const checked = await ANALYSIS.check(profile(header, window), files);
  if ('refusal' in checked) return [`refused: ${checked.refusal}`];
  return checked.violations.map(({ entry }) => Object.values(entry).slice(0, 2).join(' '));
}

function profile(header: readonly string[], rows: Table['rows']) {
  const reader = ANALYSIS.reader();
  const file = reader.file('table');
  file.push(Buffer.from([header, ...rows].map((row) => row.map(quoted).join(',')).join('\n')));
  file.end();
  return reader.finish();
}

const quoted = (field: string) => (/[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

function shuffle<T>(items: readonly T[], next: Random): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled;
}
