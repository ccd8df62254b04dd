import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Baseline, MonitorKind } from '../../lib';
import {
  BASELINES,
  everywhere,
  INPUTS,
  MATRIX,
  type MatrixCase,
  matrixApp,
  matrixStack,
  REFUSALS,
  stackIdOf,
} from './matrix';
import { type CloudFormationTemplate, templatesOf, temporaryFolder } from './synthesis';

const STRICT = { '@aws-cdk/core:strictCfnValidateErrors': true };
const ACCEPTED = MATRIX.filter((one) => !REFUSALS.has(one));

let app: App;
let templates: ReadonlyMap<string, CloudFormationTemplate>;

// one synthesis for all tests; it fails for a template that breaks a rule of CloudFormation, or for a warning
beforeAll(() => {
  app = matrixApp({ context: STRICT, outdir: temporaryFolder() });
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  templates = templatesOf(app);
});

describe('the matrix', () => {
  test('has every kind of monitor, every input, and every way to have a baseline', () => {
    expect(Object.values(MonitorKind)).toHaveLength(4);
    expect(Object.keys(INPUTS)).toHaveLength(2);
    const factories = Object.getOwnPropertyNames(Baseline).filter((name) => name.startsWith('from'));
    expect(factories.sort()).toEqual(['fromDataset', 'fromFiles', 'fromModelPackage']);
    expect(MATRIX).toHaveLength(4 * 2 * Object.keys(BASELINES).length);
  });

  test('[A5][B1][B2][B3][B4][B5][D7][D8] passes the CloudFormation rules, warnings included', () => {
    expect([...templates.keys()].sort()).toEqual(ACCEPTED.map(stackIdOf).sort());
  });

  test('[E10] passes cdk-nag', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  test.each(ACCEPTED)('$kind of $input with $baseline reads what it watches, and compares with its baseline', (one) => {
    const resources = Object.values(templates.get(stackIdOf(one))?.Resources ?? {});
    const propertiesOf = (type: string) =>
      resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
    const definitions = propertiesOf(`AWS::SageMaker::${one.kind}JobDefinition`);
    expect(definitions.map((definition) => Object.keys(definition[`${one.kind}JobInput`] as object)[0])).toEqual([
      one.input === 'an endpoint' ? 'EndpointInput' : 'BatchTransformInput',
    ]);
    expect(propertiesOf('AWS::SageMaker::MonitoringSchedule')).toHaveLength(1);
    const { specification, wait } = traceOf(one);
    const made = propertiesOf('Custom::SageMakerMonitoringBaseline').map(({ Spec }) => JSON.stringify(Spec));
    expect(made).toEqual(specification ? [expect.stringMatching(specification)] : []);
    const waits = propertiesOf('AWS::CloudFormation::WaitCondition').map(({ Timeout }) => Timeout);
    expect(waits).toEqual(wait ? [wait] : []);
  });
});

describe('what is refused', () => {
  test('is overrides for kinds that have no constraints to override', () => {
    expect([...REFUSALS.keys()].map(stackIdOf)).toEqual([
      'ModelBias-an-endpoint-given-files-with-overrides',
      'ModelBias-batch-transform-jobs-given-files-with-overrides',
      'ModelExplainability-an-endpoint-given-files-with-overrides',
      'ModelExplainability-batch-transform-jobs-given-files-with-overrides',
    ]);
  });

  test.each([...REFUSALS].map(([one, code]) => ({ ...one, code })))(
    '$kind of $input with $baseline is $code',
    ({ code, ...one }) => {
      expect(() => matrixStack(new App(), one)).toThrow(
        new RegExp(`^${code} at .*: 'overrides.comparisonThreshold' is 0.2`),
      );
    },
  );
});

const JOB_DEFINITIONS = ['DataQuality', 'ModelBias', 'ModelExplainability', 'ModelQuality'].map(
  (kind) => `${kind}JobDefinition`,
);

/**
 * A region of each partition, with the account and domain of its analyzer's image, and the types that CloudFormation does not have there, as
 * its own rules say: to them, stacks with Model Monitor cannot be deployed in China and GovCloud.
 */
const PLACES = [
  { partition: 'aws', region: 'eu-west-1', registry: ['468650794304', 'amazonaws.com'], lacking: [] },
  {
    partition: 'aws-cn',
    region: 'cn-north-1',
    registry: ['453000072557', 'amazonaws.com.cn'],
    lacking: JOB_DEFINITIONS,
  },
  {
    partition: 'aws-us-gov',
    region: 'us-gov-west-1',
    registry: ['362178532790', 'amazonaws.com'],
    lacking: [...JOB_DEFINITIONS, 'MonitoringSchedule'],
  },
];

describe('all kinds on all inputs', () => {
  const texts = new Map<string, string>();
  let broken: readonly BrokenRule[];

  beforeAll(() => {
    const world = new App({ context: { '@aws-cdk/core:validationReportJson': true }, outdir: temporaryFolder() });
    for (const { partition, region } of PLACES) everywhere(world, partition, { account: '111122223333', region });
    everywhere(world, 'anywhere');
    Validations.of(world).addPlugins(new CloudFormationValidatePlugin());
    const report = jest.spyOn(console, 'error').mockImplementation(); // the CDK prints what the file says, too
    for (const [id, template] of templatesOf(world)) texts.set(id, JSON.stringify(template));
    report.mockRestore();
    broken = brokenRules(world);
  });

  test.each(PLACES)('[A8][E11][F8] synthesize in $region of $partition', ({ partition, region, registry, lacking }) => {
    const text = texts.get(partition) ?? '';
    const [account, domain] = registry;
    const images = `.dkr.ecr.${region}.${domain}/sagemaker-`;
    expect(text).toContain(`"${account}${images}model-monitor-analyzer"`);
    expect(text).not.toContain('FindInMap');
    expect(text.replaceAll(images, '')).not.toMatch(FIXED_PLACE);
    const rules = broken.filter(({ stack }) => stack === partition).map(({ description }) => description);
    const expected = lacking.map((type) => `Resource type 'AWS::SageMaker::${type}' does not exist in '${region}'`);
    expect([...new Set(rules)].sort()).toEqual(expected);
  });

  test('[A8][E11][F8] synthesize without account and region', () => {
    const { Mappings, ...template } = JSON.parse(texts.get('anywhere') ?? '');
    const text = JSON.stringify(template);
    expect(text).toContain('"Fn::FindInMap":["SageMakerMonitoringImageRegistries",{"Ref":"AWS::Region"},"clarify"]');
    expect(Object.keys(Mappings)).toEqual(['SageMakerMonitoringImageRegistries']);
    expect(text).not.toMatch(FIXED_PLACE);
    expect(text).not.toMatch(/"[a-z]{2}-[a-z]+-\d"|:\d{12}:/);
    expect(broken.filter(({ stack }) => stack === 'anywhere')).toEqual([]);
  });
});

/** A partition or a domain that is written down; service principals are the same everywhere. */
const FIXED_PLACE = /arn:aws|amazonaws\.com(?!")/;

/** A rule of CloudFormation that a stack breaks. */
interface BrokenRule {
  readonly stack: string;
  /** with the words of the resource's type and region, if it is about these */
  readonly description: string;
}

/** The part of a validation report that is read here. */
interface ValidationReport {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly description: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** The rules that a synthesized app breaks, warnings included. */
function brokenRules(synthesized: App): BrokenRule[] {
  const file = path.join(synthesized.outdir, 'validation-report.json');
  const { pluginReports } = JSON.parse(fs.readFileSync(file, 'utf8')) as ValidationReport;
  return pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ description, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({
        stack: constructPath.split('/')[0],
        description: description.replace(/^Type: /, ''),
      })),
    ),
  );
}

/** What a baseline leaves in a template: the specification of its custom resource, and for how many seconds a wait condition waits. */
interface Trace {
  readonly specification?: RegExp;
  readonly wait?: string;
}

/** Of given files, those of data quality are judged where they lie. */
function traceOf({ kind, baseline }: MatrixCase): Trace {
  const isJudged = kind === MonitorKind.DATA_QUALITY && baseline === 'given files';
  return isJudged ? { specification: /\\"statistics\\":(?!.*overrides)/ } : TRACES[baseline];
}

const TRACES: Record<MatrixCase['baseline'], Trace> = {
  'given files': {},
  'given files with overrides': { specification: /\\"constraints\\":.*\\"overrides\\"/ },
  'a dataset': { specification: /\\"timeoutSeconds\\":3300/ },
  'a dataset that takes hours': { specification: /\\"timeoutSeconds\\":10800/, wait: '11100' },
  'a model package': { specification: /\\"modelPackage\\".*registered/ },
};
