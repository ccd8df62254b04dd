import { RUN_FIGURES } from '../../lib/cost/run-figures';
import { scalePage } from '../../tools/scale/page';
import { simulatedFigures } from '../../tools/scale/simulation';
import { readText } from './source-files';

test('lib/cost/run-figures.json says what a run asks of AWS today (npm run scale -- --write)', async () => {
  expect(RUN_FIGURES).toEqual(await simulatedFigures());
}, 120_000);

test('docs/scale.md says what these come to', () => {
  expect(readText('docs/scale.md')).toBe(scalePage());
});
