import { createHash } from 'node:crypto';
import {
  biasReading,
  dataQualityReading,
  type Judging,
  modelQualityJudging,
  modelQualityReading,
  type QualityProblem,
  type Reading,
  sampleReading,
} from '../lib/analysis';
import { DiskShelf } from '../lib/engine/serverless/handler/disk-shelf';
import { readersTogether } from '../lib/engine/serverless/handler/readers-together';
import { readPieces } from './file-reading';
import { measured } from './measurement';

const PROBLEM: QualityProblem = { type: 'BinaryClassification', probabilityAttribute: '0' };
const identifierKey = '000102030405060708090a0b0c0d0e0f';

/** Three labels, as `writeClasses` writes them. */
const CLASSES: QualityProblem = { type: 'MulticlassClassification', inferenceAttribute: '0' };
const PROBABILITIES = { cat: '1', dog: '2', hen: '3' };

const SECTIONS: { readonly [name: string]: () => Reading<unknown> } = {
  profile: () => dataQualityReading({ kind: 'capture' }) as Reading<unknown>,
  quality: () => modelQualityReading({ problem: PROBLEM, identifierKey }) as Reading<unknown>,
  classes: () => modelQualityReading({ problem: CLASSES, identifierKey }) as Reading<unknown>,
  'classes with probabilities': () =>
    modelQualityReading({
      problem: { ...CLASSES, probabilityAttributes: PROBABILITIES },
      identifierKey,
    }) as Reading<unknown>,
  bias: () =>
    biasReading({
      question: {
        facets: [{ name: '17', by: { values: ['plan-1'] } }],
        label: 'y',
        positive: { values: [1] },
        group: '18',
      },
      captured: { predicted: { column: 0 }, threshold: 5000 },
      identifierKey,
    }) as Reading<unknown>,
  rows: () => sampleReading({ capacity: 100, rank, captured: { headers: FEATURES } }) as Reading<unknown>,
};

/** The columns of what was asked, which come before those of the answer. */
const FEATURES = Array.from({ length: 19 }, (_, index) => `feature${index}`);

const rank = (identity: string) => createHash('sha256').update(identity).digest('hex').slice(0, 16);

/** Reads one file of captured records, up to the texts of the extracts that are asked for. */
async function extract(names: string, path: string): Promise<void> {
  const readings = names.split(',').map((name) => SECTIONS[name]());
  const reader = readersTogether(readings.map((reading) => reading.reader(true)));
  const file = reader.file(path);
  readPieces(path, (chunk) => file.push(chunk));
  file.end();
  for (const [index, part] of reader.finish().entries()) {
    const { encode, encodeRanges = encode } = readings[index];
    encodeRanges(part);
  }
}

/** Requests of a part. */
const PART_RECORDS = 200_000;

/** Lets so many predictions meet as many labels, in parts as an hour leaves them, whose bytes alone are held. */
async function meet(count: number): Promise<void> {
  const settings = { problem: PROBLEM, identifierKey };
  const meeting = (modelQualityJudging(settings) as Judging<unknown>).meeting?.(new DiskShelf());
  for (const content of ['records', 'labels'] as const) {
    for (let from = 0; from < count; from += PART_RECORDS) {
      meeting?.add(partOf(content, from, Math.min(count, from + PART_RECORDS)));
    }
  }
  const { labels } = meeting?.judged().counts() ?? {};
  if (labels?.matched !== count) throw new Error(`${labels?.matched} of ${count} have met`);
}

function partOf(content: 'records' | 'labels', from: number, to: number): Uint8Array {
  const reading = modelQualityReading({ problem: PROBLEM, identifierKey });
  const reader = reading.reader(true);
  const file = reader.file('file', content);
  for (let index = from; index < to; index += 1)
    file.push(Buffer.from(`${content === 'labels' ? label(index) : record(index)}\n`));
  file.end();
  return reading.encodeRanges?.(reader.finish()) ?? new Uint8Array();
}

const label = (index: number) =>
  `{"groundTruthData":{"data":"${index % 2}","encoding":"CSV"},"eventMetadata":{"eventId":"order-${index}"},"eventVersion":"0"}`;
const record = (index: number) =>
  `{"captureData":{"endpointOutput":{"data":"${((index * 7919) % 1000) / 1000}","encoding":"CSV"}},"eventMetadata":{"eventId":"order-${index}","inferenceTime":"2026-03-04T09:30:00Z"},"eventVersion":"0"}`;

const [what, argument] = process.argv.slice(2);
void measured(() => (what === 'meet' ? meet(Number(argument)) : extract(what, argument)));
