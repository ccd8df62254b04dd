import { join } from 'node:path';
import { eventIdOf, Output, writeCapture } from './data';

/** Records of a file, and labels of one: as many as a group of objects of an interval has. */
const FILE_RECORDS = 250_000;

/** Coprime to every count that is asked for: labels come in another order than predictions. */
const STRIDE = 7_368_787;

/** The files of predictions and of their labels, in the order in which they are read. */
export interface JoinFiles {
  readonly captures: string[];
  readonly labels: string[];
}

/**
 * Writes captured records and as many labels: of 5 in 100 records there is no label, 5 in 100 are in the last files, where one in 100 comes once more and one
 * in 100 is corrected; one in 100 is of no record.
 */
export function writeJoin(folder: string, count: number): JoinFiles {
  const captures: string[] = [];
  for (let first = 0; first < count; first += FILE_RECORDS) {
    captures.push(join(folder, `captures-${String(first).padStart(9, '0')}.jsonl`));
    writeCapture(captures[captures.length - 1], Math.min(FILE_RECORDS, count - first), first);
  }
  const early = new LabelFiles(folder, 'a');
  const late = new LabelFiles(folder, 'b');
  for (let index = 0; index < count; index++) writeLabels(early, late, (index * STRIDE) % count);
  return { captures, labels: [...early.close(), ...late.close()] };
}

function writeLabels(early: LabelFiles, late: LabelFiles, record: number): void {
  const draw = (Math.imul(record + 1, 0x9e3779b1) >>> 8) % 100;
  const label = (Math.imul(record + 1, 0x85ebca6b) >>> 31) & 1;
  const id = eventIdOf(record);
  if (draw >= 10) early.add(id, label);
  else if (draw >= 5) late.add(id, label);
  if (draw === 10) late.add(id, label);
  if (draw === 11) late.add(id, 1 - label);
  if (draw === 12) late.add(`${id}-unknown`, label);
}

/** Files of so many labels each. */
class LabelFiles {
  private readonly paths: string[] = [];
  private output?: Output;
  private count = 0;

  constructor(
    private readonly folder: string,
    private readonly prefix: string,
  ) {}

  add(id: string, label: number): void {
    if (this.count % FILE_RECORDS === 0) this.begin();
    this.count += 1;
    this.output?.line(
      `{"groundTruthData":{"data":"${label}","encoding":"CSV"},"eventMetadata":{"eventId":"${id}"},"eventVersion":"0"}`,
    );
  }

  close(): string[] {
    this.output?.close();
    return this.paths;
  }

  private begin(): void {
    this.output?.close();
    const path = join(this.folder, `labels-${this.prefix}-${String(this.paths.length).padStart(4, '0')}.jsonl`);
    this.paths.push(path);
    this.output = new Output(path);
  }
}
