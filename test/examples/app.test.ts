import { EXAMPLES } from '../project/apps';
import { templatesOf, temporaryFolder } from '../project/synthesis';

/** All templates in whole, so that a change of any resource is seen in review. `npm run test:update` writes them, the build never does. */
test.each([
  ['bird strikes', EXAMPLES.birdStrikes],
  ['all four monitors', EXAMPLES.allFourMonitors],
  ['batch transform', EXAMPLES.batchTransform],
  ['existing endpoint', EXAMPLES.existingEndpoint],
  ['migrate from L1', EXAMPLES.migrated],
])('the template of the %s example is what was reviewed', (_, make) => {
  const templates = [...templatesOf(make({ outdir: temporaryFolder() })).values()];
  const text = JSON.stringify(templates.length > 1 ? templates : templates[0]);
  expect(JSON.parse(text.replace(/\b[0-9a-f]{64}\b/g, '<hash>'))).toMatchSnapshot();
});
