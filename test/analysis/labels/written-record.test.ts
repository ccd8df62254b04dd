import { eachRecord, LABEL, type WrittenRecord } from '../../../lib/analysis/labels/written-record';

const ID = [11, 12, 13, 14];

test('records follow each other: predictions of some words a row, labels with their file and line before them', () => {
  const words = Int32Array.from([...ID, 2, 1, 2, 3, 4, ...ID, 1 | LABEL, 7, 8, 9, ...ID, 1, 5, 6]);
  const taken: WrittenRecord[] = [];
  eachRecord(words, { ofPrediction: 2, ofLabel: 1 }, (record) => taken.push(record));
  expect(taken).toEqual([
    { from: 0, rowsFrom: 5, to: 9, rows: 2, isLabel: false },
    { from: 9, rowsFrom: 16, to: 17, rows: 1, isLabel: true },
    { from: 17, rowsFrom: 22, to: 24, rows: 1, isLabel: false },
  ]);
});

test('of no words there is none', () => {
  const take = jest.fn();
  eachRecord(new Int32Array(0), { ofPrediction: 1, ofLabel: 1 }, take);
  expect(take).not.toHaveBeenCalled();
});
