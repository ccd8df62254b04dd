import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { filesBelow, ROOT, readText } from './source-files';
import { NAME, run, UserProject } from './user-project';

const HANDLERS = filesBelow('lib')
  .filter((file) => file.endsWith('.lambda.ts'))
  .map((file) => path.basename(file, '.lambda.ts'));
const PROJECT = new UserProject();
const { folder: USER_APP, library: LIBRARY } = PROJECT;
const COMMAND = path.join(USER_APP, 'node_modules/.bin', NAME);
let packed: string[];

beforeAll(() => {
  packed = PROJECT.install();
});

test('the package has what a user needs', () => {
  expect(packed).toEqual(
    expect.arrayContaining([
      '.jsii',
      'LICENSE',
      'README.md',
      'TEMPLATE-CHANGES.md',
      'THIRD-PARTY-NOTICES',
      'build/index.js',
      'build/capture-writer/capture-record.schema.json',
      'build/capture-writer/index.cjs',
      'build/capture-writer/index.d.ts',
      'build/capture-writer/index.mjs',
      'capture-writer/package.json',
      'package.json',
      'sbom.cdx.json',
    ]),
  );
  expect(packed.filter((file) => file.startsWith('assets/'))).toEqual(
    [...HANDLERS, 'cli'].map((name) => `assets/${name}/index.mjs`).sort(),
  );
});

test('the package has nothing else', () => {
  const needed =
    /^(\.jsii|LICENSE|NOTICE|README\.md|TEMPLATE-CHANGES\.md|THIRD-PARTY-NOTICES|package\.json|sbom\.cdx\.json|assets\/[a-z-]+\/index\.mjs|build\/index\.js|build\/.+\.d\.ts|build\/capture-writer\/(index\.[cm]js|capture-record\.schema\.json)|capture-writer\/package\.json)$/;
  expect(packed.filter((file) => !needed.test(file))).toEqual([]);
});

test('the package has no handler, analysis or rehearsal but as a bundle', () => {
  expect(packed.filter((file) => /^build\/(analysis|runtime|rehearsal|cli)\/|\.lambda/.test(file))).toEqual([]);
});

test('the package needs nothing but its peers', () => {
  const { dependencies, peerDependencies } = JSON.parse(fs.readFileSync(path.join(LIBRARY, 'package.json'), 'utf8'));
  expect(dependencies ?? {}).toEqual({});
  expect(Object.keys(peerDependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
});

test("the README's first app compiles against the installed package and synthesizes", () => {
  const [, snippet] = /^```ts\b[^\n]*\n([\s\S]*?)^```/m.exec(readText('README.md')) ?? [];
  fs.writeFileSync(path.join(USER_APP, 'app.ts'), snippet);
  const options = ['--strict', '--target', 'es2022', '--module', 'node16', '--skipLibCheck', '--types', 'node'];
  run(process.execPath, [path.join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, 'app.ts'], USER_APP);
  run(process.execPath, ['app.js'], USER_APP, { CDK_OUTDIR: path.join(USER_APP, 'cdk.out') });
  const [template] = fs.readdirSync(path.join(USER_APP, 'cdk.out')).filter((file) => file.endsWith('.template.json'));
  const { Resources } = JSON.parse(fs.readFileSync(path.join(USER_APP, 'cdk.out', template), 'utf8'));
  const types = Object.values(Resources as { [id: string]: { Type: string } }).map(({ Type }) => Type);
  expect(types).toEqual(expect.arrayContaining(['AWS::SageMaker::Endpoint', 'AWS::StepFunctions::StateMachine']));
  const alarms = types.filter((type) => type === 'AWS::CloudWatch::Alarm').length;
  expect(readText('README.md')).toContain(`# the ${['no', 'one', 'two', 'three', 'four', 'five'][alarms]} alarms\n`);
});

test('messages call classes as users do', () => {
  const props = "{ frequency: 'hourly' }";
  const call = `new DataQualityMonitor(new Stack(new App(), 'S'), 'M', ${props})`;
  const imports = `const { App, Stack } = require('aws-cdk-lib'); const { DataQualityMonitor } = require('${NAME}');`;
  const script = `${imports} try { ${call}; } catch (error) { console.log(error.message); }`;
  expect(run(process.execPath, ['-e', script], USER_APP)).toContain(
    `allowed is an object of MonitoringFrequency (make one with MonitoringFrequency.`,
  );
});

test('ES modules may import by name', () => {
  const [, snippet] = /^```ts\b[^\n]*\n([\s\S]*?)^```/m.exec(readText('README.md')) ?? [];
  const [imports] = /^import \{[^}]*\} from 'cdk-sagemaker-monitoring';$/m.exec(snippet) ?? [];
  expect(imports).toContain('MonitoredData');
  fs.writeFileSync(
    path.join(USER_APP, 'app.mjs'),
    `${imports}\nif (typeof MonitoredData.endpoint !== 'function') throw new Error('no MonitoredData');\n`,
  );
  expect(run(process.execPath, ['app.mjs'], USER_APP)).toBe('');
});

const WRITES = `
const writer = new CaptureWriter({ destination: 's3://records/written/churn', client: { send: async ({ input }) => console.log(input.Body) } });
writer.write({ request: { csv: '34,0.5' } }).then(() => writer.flush());
`;

test.each([
  ['mjs', "import { CaptureWriter } from 'cdk-sagemaker-monitoring/capture-writer';"],
  ['cjs', "const { CaptureWriter } = require('cdk-sagemaker-monitoring/capture-writer');"],
])(
  'a function writes records with the package, its SDK and nothing of the CDK, as a module .%s',
  (extension, imported) => {
    const folder = PROJECT.functionFolder();
    fs.writeFileSync(path.join(folder, `index.${extension}`), `${imported}\n${WRITES}`);
    expect(JSON.parse(run(process.execPath, [`index.${extension}`], folder))).toMatchObject({ eventVersion: '0' });
  },
);

test('the schema of records is found by its name', () => {
  const file = `${NAME}/capture-record.schema.json`;
  const schema = JSON.parse(run(process.execPath, ['-p', `JSON.stringify(require('${file}'))`], USER_APP));
  expect(schema).toMatchObject({ title: 'Captured record' });
});

test('the command line runs by its name from the installed package', () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(LIBRARY, 'package.json'), 'utf8')) as { version: string };
  expect(run(COMMAND, ['--help'], USER_APP)).toContain('parity');
  expect(run(COMMAND, ['--version'], USER_APP)).toBe(`${version}\n`);
});

test('the command line refuses an unknown command with an exit code', () => {
  const { status, stderr } = spawnSync(COMMAND, ['rehearsel'], { cwd: USER_APP, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 64,
    stderr: expect.stringContaining('there is no command "rehearsel"'),
  });
});
