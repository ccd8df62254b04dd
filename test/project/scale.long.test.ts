import { RUN_FIGURES } from '../../lib/cost/run-figures';
import { simulatedFigures } from '../../tools/scale/simulation';

test('lib/cost/run-figures.json says what a run asks of AWS today (npm run scale -- --write)', async () => {
  expect(RUN_FIGURES).toEqual(await simulatedFigures());
}, 120_000);
