import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  type FileContent,
  type Judging,
  type ModelQualityStatistics,
  modelQualityJudging,
  modelQualityReading,
} from '../lib/analysis';
import { DiskShelf } from '../lib/engine/serverless/handler/disk-shelf';
import { readPieces } from './file-reading';
import type { JoinResult } from './join-result';
import { measured } from './measurement';

const SETTINGS = {
  problem: { type: 'BinaryClassification', probabilityAttribute: '0' },
  window: { start: '2024-05-01T00:00:00Z', end: '2024-05-01T01:00:00Z' },
  identifierKey: '000102030405060708090a0b0c0d0e0f',
} as const;

/** Makes an extract of each file, as functions leave them for others. */
function extract(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    const reading = modelQualityReading(SETTINGS);
    const reader = reading.reader(true);
    const content: FileContent = basename(path).startsWith('labels') ? 'labels' : 'records';
    const file = reader.file(path, content);
    readPieces(path, (chunk) => file.push(chunk));
    file.end();
    writeFileSync(join(folder, `${basename(path)}.extract`), reading.encodeRanges?.(reader.finish()) ?? '');
  }
}

/** Lets extracts meet, and says what they come to. */
async function meet(folder: string, paths: readonly string[]): Promise<JoinResult> {
  const meeting = (modelQualityJudging(SETTINGS) as Judging<unknown>).meeting?.(new DiskShelf());
  for (const path of paths) meeting?.add(readFileSync(join(folder, `${basename(path)}.extract`)));
  const window = meeting?.judged();
  const { labels, refusal } = window?.counts() ?? {};
  const checked = await window?.check({ 'constraints.json': { binary_classification_constraints: {} } });
  if (!labels || !checked || 'refusal' in checked) throw new Error(refusal ?? 'nothing was compared');
  const { rowCountMismatches, ...counts } = labels;
  return { ...counts, ...cellsOf(checked.files['statistics.json'] as ModelQualityStatistics) };
}

function cellsOf({ binary_classification_metrics: metrics }: ModelQualityStatistics) {
  const { confusion_matrix: cells, auc } = metrics ?? {};
  return {
    truePositives: cells?.['1']['1'] ?? 0,
    falsePositives: cells?.['0']['1'] ?? 0,
    trueNegatives: cells?.['0']['0'] ?? 0,
    falseNegatives: cells?.['1']['0'] ?? 0,
    auc: Number(auc?.value),
  };
}

const [what, folder, list] = process.argv.slice(2);
const paths: string[] = JSON.parse(readFileSync(list, 'utf8'));
void measured(async () => (what === 'extract' ? extract(folder, paths) : meet(folder, paths)));
