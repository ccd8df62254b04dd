import { birdStrikes } from '../project/apps';
import { templatesOf, temporaryFolder } from '../project/synthesis';

/** One template in whole, so that a change of any resource is seen in review. `npm run test:update` writes it, the build never does. */
test('the template of the bird strikes example is what was reviewed', () => {
  const [template] = templatesOf(birdStrikes({ outdir: temporaryFolder() })).values();
  expect(JSON.parse(JSON.stringify(template).replace(/\b[0-9a-f]{64}\b/g, '<hash>'))).toMatchSnapshot();
});
