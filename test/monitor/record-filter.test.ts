import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { ModelExplainabilityMonitor } from '../../lib/monitor/model-explainability-monitor';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { Predictor } from '../../lib/monitor/predictor';
import { RecordFilter } from '../../lib/monitor/record-filter';
import { ShapAnalysis } from '../../lib/monitor/shap-analysis';
import { givenBaseline, newEndpoint, newMonitor, newStack } from './fixtures';
import { resourceOf } from './readable-template';

const CANARIES = RecordFilter.noneOf(
  RecordFilter.customAttributes('testIndicator=testing', 'canary'),
  RecordFilter.allOf(RecordFilter.column('country', 'XX', 'YY'), RecordFilter.inferenceIdPrefix('canary-')),
  RecordFilter.anyOf(RecordFilter.inferenceIds('a', 'b')),
);
const CONDITION = {
  noneOf: [
    { customAttributes: ['testIndicator=testing', 'canary'] },
    { allOf: [{ column: 'country', values: ['XX', 'YY'] }, { inferenceIdPrefix: 'canary-' }] },
    { anyOf: [{ inferenceIds: ['a', 'b'] }] },
  ],
};

test('a filter travels in the request of the serverless engine', () => {
  const stack = newStack();
  newMonitor(stack, { data: MonitoredData.endpoint(newEndpoint(stack), { filter: CANARIES }) });
  const { Target } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'DataQualityServerlessSchedule').Properties;
  expect(JSON.parse(Target.Input).filter).toEqual(CONDITION);
});

test('engines of users read it as JSON', () => {
  expect(JSON.parse(CANARIES.toJson())).toEqual(CONDITION);
});

describe('Model Monitor refuses it', () => {
  const filtered = () => {
    const stack = newStack();
    const data = MonitoredData.endpoint(newEndpoint(stack), { filter: CANARIES });
    return { stack, props: { data, engine: MonitoringEngine.modelMonitor(), baseline: givenBaseline(stack) } };
  };
  const words = `'filter' is "a RecordFilter", allowed is nothing on modelMonitor()`;

  test('and names the script that leaves records out there', () => {
    const { stack, props } = filtered();
    expect(() => newMonitor(stack, props)).toThrow(`${words} (dataQuality: { recordPreprocessor: `);
  });

  test('where no script can do it, too', () => {
    const { stack, props } = filtered();
    const analysis = ShapAnalysis.of({ predictor: Predictor.fromModelName('churn') });
    expect(() => new ModelExplainabilityMonitor(stack, 'Attributions', { ...props, analysis })).toThrow(
      `${words} (the service analyses all captured records for this kind)`,
    );
  });
});

test.each<[string, () => RecordFilter, string]>([
  ['no attribute', () => RecordFilter.customAttributes(), "'attributes' is []"],
  ['an empty attribute', () => RecordFilter.customAttributes(''), `'attributes' is [""]`],
  ['an identifier twice', () => RecordFilter.inferenceIds('a', 'a'), `'ids' is ["a","a"]`],
  ['an empty prefix', () => RecordFilter.inferenceIdPrefix(''), `'prefix' is [""]`],
  ['a column without a name', () => RecordFilter.column('', '1'), `'name' is [""]`],
  ['a column without a value', () => RecordFilter.column('country'), "'values' is []"],
  ['any of nothing', () => RecordFilter.anyOf(), "'filters' is []"],
  ['all of nothing', () => RecordFilter.allOf(), "'filters' is []"],
  ['none of nothing', () => RecordFilter.noneOf(), "'filters' is []"],
])('fails for %s', (_, make, words) => {
  expect(make).toThrow(`InvalidRecordFilter: ${words}`);
});
