import { Fn, Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { WrittenData } from '../../lib/endpoint/written-data';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { ModelExplainabilityMonitor } from '../../lib/monitor/model-explainability-monitor';
import { MonitoredData, type MonitoredEndpointOptions } from '../../lib/monitor/monitored-data';
import { Predictor } from '../../lib/monitor/predictor';
import { RecordFormat, type RowPaths } from '../../lib/monitor/record-format';
import { CastType, RecordTransformation } from '../../lib/monitor/record-transformation';
import { ShapAnalysis } from '../../lib/monitor/shap-analysis';
import { givenBaseline, newEndpoint, newMonitor, newStack } from './fixtures';
import { resourceOf } from './readable-template';

/** What the handlers are told in the schedule's input. */
function requestOf(options: MonitoredEndpointOptions) {
  const stack = newStack();
  newMonitor(stack, { data: MonitoredData.endpoint(newEndpoint(stack), options) });
  const { Target } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'DataQualityServerlessSchedule').Properties;
  return JSON.parse(Target.Input);
}

describe('a format travels in the request of the serverless engine', () => {
  test.each([
    ['instances[*]', { keys: ['instances'], itemKeys: [] }],
    ['instances[*].features', { keys: ['instances'], itemKeys: ['features'] }],
    ['a.b[*].c.d', { keys: ['a', 'b'], itemKeys: ['c', 'd'] }],
    ['[*]', { keys: [], itemKeys: [] }],
    ['[*].x-y', { keys: [], itemKeys: ['x-y'] }],
    ['features', { keys: ['features'] }],
    ['@', { keys: [] }],
    [`${'k'.repeat(253)}[*]`, { keys: ['k'.repeat(253)], itemKeys: [] }],
  ])('with the path %s', (path, told) => {
    expect(requestOf({ format: RecordFormat.rowsAt({ request: path }) }).recordFormat).toEqual({
      request: { path: told },
    });
    expect(requestOf({ format: RecordFormat.rowsAt({ response: path }) }).recordFormat).toEqual({
      response: { path: told },
    });
  });

  test('with names', () => {
    const paths = { response: 'predictions[*]', requestNames: ['age', 'balance'], responseNames: ['score'] };
    const told = {
      request: { names: ['age', 'balance'] },
      response: { path: { keys: ['predictions'], itemKeys: [] }, names: ['score'] },
    };
    expect(requestOf({ format: RecordFormat.rowsAt(paths) }).recordFormat).toEqual(told);
    expect(JSON.parse(RecordFormat.rowsAt(paths).toJson())).toEqual(told);
  });

  test('and nothing is said of the default', () => {
    expect(requestOf({ format: RecordFormat.flattened() })).toEqual(requestOf({}));
    expect(requestOf({})).not.toHaveProperty('recordFormat');
    expect(RecordFormat.flattened().toJson()).toBe('{}');
  });
});

const CHANGES = [
  RecordTransformation.unwrap('features'),
  RecordTransformation.rename({ yearlyIncome: 'income' }),
  RecordTransformation.drop('id', 'version'),
  RecordTransformation.cast('member', CastType.BOOLEAN),
  RecordTransformation.parseJson('body'),
  RecordTransformation.parseCsv('data', 'age', 'balance'),
  RecordTransformation.spread('embedding', 8),
];
const TOLD = [
  { unwrap: 'features' },
  { rename: { yearlyIncome: 'income' } },
  { drop: ['id', 'version'] },
  { cast: 'member', to: 'Boolean' },
  { parseJson: 'body' },
  { parseCsv: 'data', names: ['age', 'balance'] },
  { spread: 'embedding', length: 8 },
];

test('transformations travel in the request of the serverless engine, in their order', () => {
  expect(requestOf({ transformations: CHANGES }).transformations).toEqual(TOLD);
  expect(CHANGES.map((change) => JSON.parse(change.toJson()))).toEqual(TOLD);
});

test.each([1, 1000])('a list may have %d values', (length) => {
  expect(JSON.parse(RecordTransformation.spread('e', length).toJson())).toEqual({ spread: 'e', length });
});

test('how much of the data a run reads travels in the request of the serverless engine', () => {
  expect(requestOf({ maxBytesPerRun: 2 ** 30 }).maximumBytes).toBe(2 ** 30);
  expect(requestOf({})).not.toHaveProperty('maximumBytes');
});

test.each([0, -1, 1024 * 1024 - 1, 1.5 * 1024 * 1024 + 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
  '%d bytes are no limit of a run, whatever is read',
  (maxBytesPerRun) => {
    const words = /InvalidMonitoredData[\s\S]*'maxBytesPerRun' is [\s\S]* allowed is a whole number of bytes, 1048576/;
    expect(() => requestOf({ maxBytesPerRun })).toThrow(words);
    const bucket = s3.Bucket.fromBucketName(newStack(), 'Data', 'data');
    const written = new WrittenData({ name: 'churn', bucket, prefix: 'written' });
    expect(() => MonitoredData.written(written, { maxBytesPerRun })).toThrow(words);
  },
);

test('a list of no transformations is none', () => {
  expect(requestOf({ transformations: [] })).toEqual(requestOf({}));
});

describe('Model Monitor', () => {
  const propsOf = (options: MonitoredEndpointOptions) => {
    const stack = newStack();
    const data = MonitoredData.endpoint(newEndpoint(stack), options);
    return { stack, props: { data, engine: MonitoringEngine.modelMonitor(), baseline: givenBaseline(stack) } };
  };
  const OTHER = { format: RecordFormat.rowsAt({ request: '[*]' }), transformations: CHANGES };
  const words = (script: string) => `'format' is "a RecordFormat", allowed is nothing on modelMonitor() (${script}`;

  test('refuses both, and names the script that does it there', () => {
    const failure = () => {
      const { stack, props } = propsOf(OTHER);
      newMonitor(stack, props);
    };
    expect(failure).toThrow(words('dataQuality: { recordPreprocessor: '));
    expect(failure).toThrow(`'transformations' is "a list of 7"`);
  });

  test('refuses to read a part of what is captured, and names what captures less', () => {
    const { stack, props } = propsOf({ maxBytesPerRun: 2 ** 30 });
    expect(() => newMonitor(stack, props)).toThrow(
      /UnsupportedOnModelMonitor[\s\S]*'maxBytesPerRun' is "1073741824"[\s\S]*samplingPercentage/,
    );
  });

  test('refuses both where no script can do it, too', () => {
    const { stack, props } = propsOf(OTHER);
    const analysis = ShapAnalysis.of({ predictor: Predictor.fromModelName('churn') });
    expect(() => new ModelExplainabilityMonitor(stack, 'Attributions', { ...props, analysis })).toThrow(
      words('the service reads captured records as they are for this kind)'),
    );
  });

  test('takes what says nothing', () => {
    const { stack, props } = propsOf({ format: RecordFormat.flattened(), transformations: [] });
    expect(() => newMonitor(stack, props)).not.toThrow();
  });
});

describe('a format fails', () => {
  const CODE = 'InvalidRecordFormat: ';
  test.each<[string, RowPaths, string]>([
    ['without a path', {}, "'request' is undefined, allowed is a path of requests"],
    ['with names alone', { requestNames: ['a'] }, "'request' is undefined"],
    ['with a name twice', { request: '[*]', requestNames: ['a', 'a'] }, `'requestNames' is ["a","a"]`],
    ['with an empty name', { response: '[*]', responseNames: [''] }, `'responseNames' is [""]`],
    ['without a name', { response: '[*]', responseNames: [] }, "'responseNames' is []"],
  ])('%s', (_, paths, words) => {
    expect(() => RecordFormat.rowsAt(paths)).toThrow(CODE + words);
  });

  test.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    'a[0]',
    'a[*]b',
    'a[*][*]',
    'a[*].b[*]',
    '[]',
    '@.a',
    'a b',
    'max(a)',
    'a | b',
    'a[?b]',
    'a || b',
    '"a"',
    '*',
    `${'k'.repeat(254)}[*]`,
  ])('with the path %j', (path) => {
    const words = `'request' is ${JSON.stringify(path)}, allowed is keys with dots between them`;
    expect(() => RecordFormat.rowsAt({ request: path })).toThrow(CODE + words);
    expect(() => RecordFormat.rowsAt({ request: '@', response: path })).toThrow(`${CODE}'response'`);
  });

  test('with a path that only the deployment knows', () => {
    expect(() => RecordFormat.rowsAt({ request: Fn.ref('Path') })).toThrow(`${CODE}'request'`);
  });
});

test.each<[string, () => RecordTransformation, string]>([
  ['a rename of nothing', () => RecordTransformation.rename({}), "'names' is {}"],
  ['a rename to itself', () => RecordTransformation.rename({ a: 'a' }), `'names' is {"a":"a"}`],
  ['a rename of two to one', () => RecordTransformation.rename({ a: 'c', b: 'c' }), "'names' is"],
  ['a rename to nothing', () => RecordTransformation.rename({ a: '' }), "'names' is"],
  ['a rename of nothing to a name', () => RecordTransformation.rename({ '': 'a' }), "'names' is"],
  ['no column to drop', () => RecordTransformation.drop(), "'columns' is []"],
  ['a column to drop twice', () => RecordTransformation.drop('a', 'a'), `'columns' is ["a","a"]`],
  ['an empty column to cast', () => RecordTransformation.cast('', CastType.BOOLEAN), `'column' is [""]`],
  ['an empty key', () => RecordTransformation.unwrap(''), `'key' is [""]`],
  ['an empty column of JSON', () => RecordTransformation.parseJson(''), `'column' is [""]`],
  ['an empty column of CSV', () => RecordTransformation.parseCsv('', 'a'), `'column' is [""]`],
  ['an empty column of lists', () => RecordTransformation.spread('', 8), `'column' is [""]`],
  [
    'a list of nothing',
    () => RecordTransformation.spread('e', 0),
    "'length' is 0, allowed is a whole number from 1 to 1000",
  ],
  ['a list too long', () => RecordTransformation.spread('e', 1001), "'length' is 1001"],
  ['a list of a part', () => RecordTransformation.spread('e', 1.5), "'length' is 1.5"],
  [
    'a length that the deployment knows',
    () => RecordTransformation.spread('e', Token.asNumber({ Ref: 'P' })),
    "'length' is",
  ],
  ['no names of CSV', () => RecordTransformation.parseCsv('a'), "'names' is []"],
])('fails for %s', (_, make, words) => {
  expect(make).toThrow(`InvalidRecordTransformation: ${words}`);
});
