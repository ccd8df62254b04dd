import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Takes from botocore's service models what `lib/cloud/service-model/figures/` holds: the input shapes of the operations below, their
 * figures only. Run after unpacking botocore's wheel (`pip download --no-deps botocore==<version>`), then format:
 *
 *   npx tsx --tsconfig test/tsconfig.json test/cloud/service-model/extract.ts <folder of the wheel> <version> <date of the wheel>
 *   npx biome check --write lib/cloud/service-model
 */
const SERVICES = [
  {
    name: 'sagemaker',
    model: 'sagemaker/2017-07-24',
    operations: [
      'AddTags',
      'CreateDataQualityJobDefinition',
      'CreateEndpoint',
      'CreateEndpointConfig',
      'CreateModel',
      'CreateModelBiasJobDefinition',
      'CreateModelExplainabilityJobDefinition',
      'CreateModelQualityJobDefinition',
      'CreateMonitoringSchedule',
      'CreateProcessingJob',
      'CreateTrainingJob',
      'DeleteMonitoringSchedule',
      'DescribeEndpoint',
      'DescribeModelPackage',
      'DescribeMonitoringSchedule',
      'DescribePipelineExecution',
      'DescribeProcessingJob',
      'DescribeTrainingJob',
      'ListMonitoringExecutions',
      'ListMonitoringSchedules',
      'ListPipelineExecutions',
      'ListProcessingJobs',
      'ListTrainingJobs',
      'StartMonitoringSchedule',
      'StartPipelineExecution',
      'StopMonitoringSchedule',
      'StopPipelineExecution',
      'StopProcessingJob',
      'StopTrainingJob',
      'UpdateEndpoint',
      'UpdateEndpointWeightsAndCapacities',
      'UpdateMonitoringSchedule',
    ],
  },
  { name: 'sagemaker-runtime', model: 'sagemaker-runtime/2017-05-13', operations: ['InvokeEndpoint'] },
  {
    name: 'states',
    model: 'stepfunctions/2016-11-23',
    operations: ['CreateStateMachine', 'ListExecutions', 'StartExecution'],
  },
  { name: 'events', model: 'events/2015-10-07', operations: ['CreateEventBus', 'PutEvents', 'PutRule', 'PutTargets'] },
  {
    name: 'monitoring',
    model: 'cloudwatch/2010-08-01',
    operations: ['DescribeAlarms', 'GetMetricData', 'PutCompositeAlarm', 'PutMetricAlarm', 'PutMetricData'],
  },
  {
    name: 's3',
    model: 's3/2006-03-01',
    operations: ['DeleteObject', 'GetObject', 'HeadObject', 'ListObjectsV2', 'PutObject'],
  },
  { name: 'sns', model: 'sns/2010-03-31', operations: ['CreateTopic', 'Publish'] },
  { name: 'scheduler', model: 'scheduler/2021-06-30', operations: ['CreateSchedule'] },
  { name: 'dynamodb', model: 'dynamodb/2012-08-10', operations: ['GetItem', 'PutItem', 'UpdateItem'] },
  { name: 'lambda', model: 'lambda/2015-03-31', operations: ['CreateFunction'] },
  { name: 'logs', model: 'logs/2014-03-28', operations: ['CreateLogGroup'] },
];

interface Shape {
  readonly type: string;
  readonly required?: string[];
  readonly members?: Record<string, { shape: string }>;
  readonly member?: { shape: string };
  readonly key?: { shape: string };
  readonly value?: { shape: string };
  readonly enum?: string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

interface Model {
  readonly operations: Record<string, { input: { shape: string } }>;
  readonly shapes: Record<string, Shape>;
}

function figuresOf({ type, required, enum: values, pattern, min, max, member, key, value, members }: Shape): object {
  return {
    type,
    ...(members && {
      members: Object.fromEntries(Object.entries(members).map(([name, { shape }]) => [name, shape])),
    }),
    ...(required?.length && { required }),
    ...(member && { member: member.shape }),
    ...(key && { key: key.shape }),
    ...(value && { value: value.shape }),
    ...(values && { enum: values }),
    ...(pattern !== undefined && { pattern }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

function reachable(model: Model, names: string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const { members = {}, member, key, value } = model.shapes[name];
    for (const part of [...Object.values(members), member, key, value]) {
      if (part) visit(part.shape);
    }
  };
  names.forEach(visit);
  return [...found].sort();
}

const [folder, version, date] = process.argv.slice(2);
for (const { name, model: path, operations } of SERVICES) {
  const file = join(folder, 'botocore/data', path, 'service-2.json.gz');
  const model = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Model;
  const inputs = operations.map((operation) => [operation, model.operations[operation].input.shape]);
  const shapes = reachable(
    model,
    inputs.map(([, shape]) => shape),
  );
  const figures = {
    source: `https://github.com/boto/botocore/blob/${version}/botocore/data/${path}/service-2.json`,
    version: `botocore ${version} of ${date} (Apache-2.0): figures only`,
    operations: Object.fromEntries(inputs),
    shapes: Object.fromEntries(shapes.map((shape) => [shape, figuresOf(model.shapes[shape])])),
  };
  writeFileSync(join(__dirname, '../../../lib/cloud/service-model/figures', `${name}.json`), JSON.stringify(figures));
}
