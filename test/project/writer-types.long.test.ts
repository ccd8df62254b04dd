import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './source-files';
import { UserProject } from './user-project';

const PROJECT = new UserProject();

beforeAll(() => {
  PROJECT.install();
});

test.each([
  ['node16', 'node16'],
  ['commonjs', 'node10'],
])('the types of the writer are found with module %s, resolution %s', (module, moduleResolution) => {
  const folder = PROJECT.functionFolder();
  const text =
    "import { CaptureWriter } from 'cdk-sagemaker-monitoring/capture-writer';\nnew CaptureWriter({ destination: 1 });\n";
  fs.writeFileSync(path.join(folder, 'index.ts'), text);
  const options = [
    '--strict',
    '--noEmit',
    '--module',
    module,
    '--moduleResolution',
    moduleResolution,
    '--types',
    'node',
  ];
  const args = [
    path.join(ROOT, 'node_modules/typescript/bin/tsc'),
    ...options,
    '--ignoreDeprecations',
    '6.0',
    'index.ts',
  ];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(stdout).toContain("TS2322: Type 'number' is not assignable to type 'string'");
  expect(stdout.trim().split('\n')).toHaveLength(1);
});
