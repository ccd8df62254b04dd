import { scalePage } from '../../tools/scale/page';
import { readText } from './source-files';

test('docs/scale.md says what the simulated runs come to (npm run scale -- --write)', () => {
  expect(readText('docs/scale.md')).toBe(scalePage());
});
