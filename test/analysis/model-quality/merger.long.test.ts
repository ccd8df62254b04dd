import { MAX_MERGED_RECORDS } from '../../../lib/analysis/labels/request-records';
import { createQualityMerger } from '../../../lib/analysis/model-quality';
import { REGRESSION, truth } from './rows';

test('more labels than can be held give no metrics, but a reason', () => {
  const merger = createQualityMerger({ problem: REGRESSION });
  const file = merger.groundTruth('labels');
  const size = 50_000;
  for (let from = 0; from <= MAX_MERGED_RECORDS; from += size) {
    const lines = Array.from({ length: size }, (_, index) => `${truth(String(from + index), '1')}\n`);
    file.push(Buffer.from(lines.join('')));
  }
  file.end();
  expect(merger.finish().profile.refusal()).toBe(
    'there are more than 2000000 predictions and labels, which is all that is compared at once: shorten the window, or the dataset',
  );
});
