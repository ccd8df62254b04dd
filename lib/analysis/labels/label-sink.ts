import { identifierHash, type Words128 } from '../batch/identifier-hash';
import type { MatchedLine } from '../reading/capture-layout';
import { isOneRow } from '../reading/matched-rows';
import { type LabelReader, readGroundTruth } from './ground-truth';
import type { LinePlace, RecordFiles, RecordSink } from './record-files';

/** Where labels are kept. */
interface LabelRecords<Label> {
  addLabel(id: Words128, code: number, place: LinePlace): void;
  addLabels(id: Words128, labels: readonly Label[], place: LinePlace): void;
  writeBatch(): void;
}

/** How labels are read, and where they are kept. */
export interface LabelReading<Label extends string | number> {
  readonly key: Words128;
  readonly records: LabelRecords<Label>;
  readonly read: LabelReader<Label>;
  /** The number that records keep of a label that stands in a memory; undefined for what is to be read as text. */
  readonly code: (memory: Uint8Array, from: number, to: number) => number | undefined;
}

/** Takes the lines of ground truth: those of a known layout with one label as bytes, all others as text. */
export function labelSink<Label extends string | number>(reading: LabelReading<Label>, files: RecordFiles): RecordSink {
  const { key, records, read } = reading;
  return {
    matched: (found, fileIndex) => takeOne(reading, found, fileIndex),
    text(line, place) {
      const found = readGroundTruth(line, read);
      if ('problem' in found) files.defect(place, found.problem);
      else records.addLabels(identifierHash(key, found.id), found.labels, place);
      records.writeBatch();
    },
  };
}

function takeOne<Label extends string | number>(
  { key, records, code }: LabelReading<Label>,
  found: MatchedLine,
  fileIndex: number,
): boolean {
  const { output, memory, line } = found;
  if (output?.count !== 1 || !isOneRow(memory, output) || !found.isNamed()) return false;
  const label = code(memory, output.from, output.to);
  if (label === undefined) return false;
  records.addLabel(found.identifier(key), label, { fileIndex, line });
  return true;
}
