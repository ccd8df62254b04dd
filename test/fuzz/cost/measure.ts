import { createHash } from 'node:crypto';
import {
  type Analysis,
  type AnalysisFiles,
  biasAnalysis,
  dataQualityAnalysis,
  type FileContent,
  modelQualityAnalysis,
  sampleJudging,
  sampleReading,
  statistics,
  suggestConstraints,
} from '../../../lib/analysis';
import { readParquet } from '../../../lib/runtime/parquet';
import { profileOf } from '../../analysis/dataset';
import type { Family, Genes } from './families';

/** What a payload costs. */
export interface Cost {
  /** of the payload; of Parquet also four for each value that it says to have: a file of few different ones is small by right */
  readonly bytes: number;
  /** bytes of the payload itself */
  readonly size: number;
  /** of the processor */
  readonly milliseconds: number;
  /** the most that the heap and what lies beside it had grown by, where it was looked at */
  readonly memory: number;
}

export const NAMES = Array.from({ length: 10 }, (_, index) => `column${index}`);
const ROWS = Array.from({ length: 200 }, (_, row) => NAMES.map((_, column) => `${(row * column) % 50}`).join(','));
const TRAINING = profileOf([[NAMES.join(','), ...ROWS].join('\n')]);
const STATISTICS = statistics(TRAINING);
export const BASELINE = { 'statistics.json': STATISTICS, 'constraints.json': suggestConstraints(STATISTICS) };
/** Partial profiles of the same payload that are merged. */
const PARTS = 3;

/** Makes a payload, and measures what reading, profiling, merging and checking it costs, or the first two of these alone. A failure is an answer, too. */
export async function costOf({ name, make }: Family, genes: Genes, isProfileAlone = false): Promise<Cost> {
  const bytes = make(genes);
  const watch = new MemoryWatch();
  const before = process.cpuUsage();
  if (name === 'parquet') await parquet(bytes, watch).catch(() => undefined);
  else {
    const text = profile(name, bytes, watch);
    if (!isProfileAlone) await conclude(name, text, watch);
  }
  const { user, system } = process.cpuUsage(before);
  const said = name === 'parquet' ? 4 * genes.rows * genes.pages : 0;
  return { bytes: bytes.length + said, size: bytes.length, milliseconds: (user + system) / 1000, memory: watch.most };
}

/** What reads a payload, and what it is checked against. */
interface Kind {
  readonly analysis: Analysis<unknown>;
  readonly baseline: AnalysisFiles;
}

const COLUMNS: Kind = {
  analysis: dataQualityAnalysis({
    input: { kind: 'capture', columns: { names: NAMES, mustFit: true } },
  }) as Analysis<unknown>,
  baseline: BASELINE,
};

const LABELS: Kind = {
  analysis: modelQualityAnalysis({
    problem: { type: 'MulticlassClassification', inferenceAttribute: '0' },
  }) as Analysis<unknown>,
  baseline: { 'constraints.json': { version: 0 } },
};

const PROBABILITIES: Kind = {
  analysis: modelQualityAnalysis({
    problem: { type: 'BinaryClassification', probabilityAttribute: '0' },
  }) as Analysis<unknown>,
  baseline: {
    'constraints.json': {
      version: 0,
      calibration: { isCalibrated: true, blocks: [{ from: 0, to: 1, rows: 1000, positives: 500 }] },
    },
  },
};

const GROUPS: Kind = {
  analysis: biasAnalysis({
    question: {
      facets: [{ name: '0' }, { name: '0', by: { values: ['k'] } }, { name: '0', by: { threshold: 4 } }],
      label: 'label',
      positive: { values: [1] },
    },
    captured: { predicted: { column: 0 } },
  }) as Analysis<unknown>,
  baseline: { 'analysis.json': { version: '1.0' } },
};

const SAMPLE = {
  captured: { headers: NAMES },
  capacity: 500,
  rank: (identity: string) => createHash('sha256').update(identity).digest('hex').slice(0, 16),
};
const SAMPLES: Kind = {
  analysis: { ...sampleReading(SAMPLE), ...sampleJudging(SAMPLE) } as Analysis<unknown>,
  baseline: { 'analysis.json': {} },
};

/** What reads each family; columns of records, where none is named. */
const KINDS: { readonly [name in Family['name']]?: Kind } = {
  predictions: LABELS,
  labels: LABELS,
  groups: GROUPS,
  met: LABELS,
  apart: PROBABILITIES,
  samples: SAMPLES,
};

/** What families are read as, one after the other, where that is not records alone. */
const CONTENTS: { readonly [name in Family['name']]?: readonly FileContent[] } = {
  labels: ['labels'],
  met: ['records', 'labels'],
  apart: ['records', 'labels'],
};

const kindOf = (name: Family['name']) => KINDS[name] ?? COLUMNS;

/** Whether records meet labels range by range. */
const isMet = (name: Family['name']) => name === 'met' || name === 'apart';

/** What *profile* does: what it writes. */
function profile(name: Family['name'], bytes: Uint8Array, watch: MemoryWatch): Uint8Array {
  const { analysis } = kindOf(name);
  const reader = analysis.reader(isMet(name));
  for (const content of CONTENTS[name] ?? (['records'] as const)) {
    const file = reader.file('s3://bucket/key', content);
    file.push(bytes);
    file.end();
    watch.look();
  }
  const part = reader.finish();
  const ranges = isMet(name) ? analysis.encodeRanges?.(part) : undefined;
  const written = ranges ?? Buffer.from(analysis.encode(part));
  watch.look();
  return written;
}

/** What *conclude* does of some of that. */
async function conclude(name: Family['name'], written: Uint8Array, watch: MemoryWatch): Promise<void> {
  if (isMet(name)) return meet(kindOf(name), written, watch);
  const { analysis, baseline } = kindOf(name);
  const text = Buffer.from(written).toString();
  let merged = analysis.merge([]);
  for (let part = 0; part < PARTS; part += 1) merged = analysis.merge([merged, analysis.decode(text)]);
  watch.look();
  if (analysis.counts(merged, baseline).recordCount > 0) await analysis.check(merged, baseline);
  watch.look();
}

/** The same of extracts, whose records and labels meet range by range. */
async function meet({ analysis, baseline }: Kind, written: Uint8Array, watch: MemoryWatch): Promise<void> {
  const meeting = analysis.meeting?.();
  for (let part = 0; part < PARTS; part += 1) meeting?.add(written);
  const judged = meeting?.judged();
  watch.look();
  if (judged && judged.counts(baseline).recordCount > 0) await judged.check(baseline);
  watch.look();
  const comparing = analysis.comparing?.();
  for (const side of ['reference', 'candidate'] as const) comparing?.add(written, side);
  await comparing?.compared(baseline);
  watch.look();
}

/** What *profile* does of Parquet. */
async function parquet(bytes: Uint8Array, watch: MemoryWatch): Promise<void> {
  const { analysis } = kindOf('parquet');
  const reader = analysis.reader();
  let end = () => {};
  const begin = (columnNames: readonly string[]) => {
    watch.look();
    const rows = reader.rows('s3://bucket/key', columnNames);
    end = () => rows.end();
    return rows;
  };
  await readParquet('s3://bucket/key', bytes, begin).finally(() => watch.look());
  end();
  analysis.encode(reader.finish());
  watch.look();
}

class MemoryWatch {
  most = 0;
  private readonly before = inUse();

  look(): void {
    this.most = Math.max(this.most, inUse() - this.before);
  }
}

function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
