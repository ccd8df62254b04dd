import { scalePage } from '../../tools/scale/page';
import { readmeCosts } from '../../tools/scale/readme-costs';
import { readText } from './source-files';

test('docs/scale.md says what the simulated runs come to (npm run scale -- --write)', () => {
  expect(readText('docs/scale.md')).toBe(scalePage());
});

test('the README says the costs that the same runs come to', () => {
  const words = readText('README.md').replaceAll('\n', ' ');
  for (const said of readmeCosts()) expect(words).toContain(said);
});
