import { identifierHash, identifierKey } from '../../../lib/analysis/batch/identifier-hash';
import { joinLabels } from '../../../lib/analysis/model-quality/merged-quality';
import type { QualityProblem } from '../../../lib/analysis/model-quality/problem';
import { QualityProfile } from '../../../lib/analysis/model-quality/quality-profile';
import { ReadRecords } from '../../../lib/analysis/model-quality/read-records';
import { qualityStatistics } from '../../../lib/analysis/model-quality/statistics';

// Rows that are alike are counted and added at once: they come to what they come to one by one.

const ROWS = 600;
const PROBLEMS: [QualityProblem, number][] = [
  [{ type: 'BinaryClassification', inferenceAttribute: '0', probabilityAttribute: '1' }, 2],
  [{ type: 'MulticlassClassification', inferenceAttribute: '0' }, 16],
  [{ type: 'MulticlassClassification', inferenceAttribute: '0' }, 17],
];

test.each(PROBLEMS)('of %j with %i labels, whether requests have units or not', (problem, labels) => {
  const score = (row: number) => (problem.type === 'BinaryClassification' ? ((row * 37) % 101) / 101 : undefined);
  const said = (row: number) => String((row * 7 + (row >> 3)) % labels);
  const actual = (row: number) => String((row * 5) % labels);
  const oneByOne = new QualityProfile(problem);
  const read = [undefined, 3].map((group) => {
    const records = new ReadRecords();
    for (let row = 0; row < ROWS; row += 1) {
      const id = identifierHash(identifierKey(), `${row}`);
      records.addPredictions(id, { name: `${row}`, rows: [{ predicted: said(row), score: score(row) }], group });
      records.addLabels(id, [actual(row)], { fileIndex: 0, line: row + 1 });
    }
    return qualityStatistics(joinLabels(records, problem).profile);
  });
  for (let row = 0; row < ROWS; row += 1)
    oneByOne.add({ predicted: said(row), actual: actual(row), score: score(row) }, `${row}`);
  for (const statistics of read) expect(statistics).toEqual(qualityStatistics(oneByOne));
});
