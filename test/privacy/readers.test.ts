import { BiasRowReader } from '../../lib/analysis/bias/record-rows';
import { readGroundTruth } from '../../lib/analysis/labels/ground-truth';
import { PredictionReader } from '../../lib/analysis/model-quality/prediction-record';
import type { QualityProblem } from '../../lib/analysis/model-quality/problem';
import { readOutcome } from '../../lib/analysis/model-quality/problem';
import { readCapturedRecord } from '../../lib/analysis/reading/capture-record';
import { Marks, marksIn } from './marks';
import { captured, malformed, rowsOf } from './records';

// Details of what cannot be read lie in partial profiles, which hold values anyway; and the command line prints them.

const PROBLEM: QualityProblem = { type: 'BinaryClassification', inferenceAttribute: '0', probabilityAttribute: '1' };

const problemOf = (read: object) => ('problem' in read ? JSON.stringify(read.problem) : undefined);

/** What is said of each line by one reading. */
const told = (lines: readonly string[], read: (line: string) => object) =>
  lines.flatMap((line) => problemOf(read(line)) ?? []);

const marks = new Marks(20_260_306);
const records = malformed(marks).trim().split('\n');

test('what is told of a captured record that cannot be read quotes none of it', () => {
  const details = told(records, (line) => readCapturedRecord(line));
  expect(details.length).toBeGreaterThan(12);
  expect(details.flatMap(marksIn)).toEqual([]);
});

test('what is told of a prediction that cannot be read quotes none of it', () => {
  const details = told(records, (line) => new PredictionReader(PROBLEM).read(line));
  expect(details.length).toBeGreaterThan(12);
  expect(details.flatMap(marksIn)).toEqual([]);
});

test('what is told of a record whose groups cannot be read quotes none of it', () => {
  const places = {
    columns: ['plan', 'mail'],
    label: 'left',
    headers: ['plan', 'mail', 'left'],
    predicted: { column: 0 },
  };
  const readers = [new BiasRowReader(places), new BiasRowReader({ ...places, threshold: 0.5 })];
  const more = records.concat(captured(marks, rowsOf(marks, 9)).trim().split('\n'));
  const details = readers.flatMap((reader) => told(more, (line) => reader.read(line)));
  expect(details.length).toBeGreaterThan(12);
  expect(details.flatMap(marksIn)).toEqual([]);
});

/** Lines of ground truth, in every way that one can be wrong. */
function labels(): string[] {
  const [mail, name, number] = [marks.mail(), marks.name(), marks.number()];
  const line = (groundTruthData: unknown, eventId: unknown = mail) =>
    JSON.stringify({ groundTruthData, eventMetadata: { eventId } });
  return [
    mail,
    `{"groundTruthData":"${mail}`,
    JSON.stringify([mail, number]),
    line(mail),
    line({ data: Number(number), encoding: 'CSV' }),
    line({ data: '1', encoding: mail }),
    line({ data: '1', encoding: Number(number) }),
    line({ data: '1', encoding: 'CSV' }, Number(number)),
    line({ data: `"${mail}`, encoding: 'CSV' }),
    line({ data: `1,${mail}`, encoding: 'CSV' }),
    line({ data: name, encoding: 'CSV' }),
    line({ data: number, encoding: 'CSV' }),
  ];
}

test('what is told of ground truth that cannot be read quotes none of it', () => {
  const lines = labels();
  const details = told(lines, (line) => readGroundTruth(line, (text) => readOutcome(PROBLEM, text)));
  expect(details).toHaveLength(lines.length);
  expect(details.flatMap(marksIn)).toEqual([]);
});
