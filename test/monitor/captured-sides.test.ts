import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { CapturedData } from '../../lib/endpoint/captured-data';
import { CaptureMode, DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { newVariant } from '../endpoint/fixtures';
import { biasStackWith, explainabilityStackWith } from '../engine/model-monitor/clarify';
import { qualityStackWith } from '../engine/model-monitor/quality';
import { newMonitor, newStack } from './fixtures';

function capturing(stack: Stack, mode: CaptureMode): Endpoint {
  const dataCapture = DataCapture.toBucket(s3.Bucket.fromBucketName(stack, 'Captured', 'captured'), { mode });
  return new Endpoint(stack, 'Sided', { variants: [newVariant(stack, 'sided')], dataCapture });
}

const MONITORS: { [aspect: string]: (stack: Stack, endpoint: Endpoint) => unknown } = {
  'data quality on serverless()': (stack, endpoint) => newMonitor(stack, { data: MonitoredData.endpoint(endpoint) }),
  'data quality on modelMonitor()': (stack, endpoint) =>
    newMonitor(stack, { data: MonitoredData.endpoint(endpoint), engine: MonitoringEngine.modelMonitor() }),
  'model quality': (stack, endpoint) => qualityStackWith({}, { data: MonitoredData.endpoint(endpoint) }, stack),
  bias: (stack, endpoint) => biasStackWith({}, { data: MonitoredData.endpoint(endpoint) }, stack),
  attributions: (stack, endpoint) => explainabilityStackWith({}, { data: MonitoredData.endpoint(endpoint) }, stack),
};

const { INPUT, OUTPUT, INPUT_AND_OUTPUT } = CaptureMode;

test.each<[string, CaptureMode]>([
  ...Object.keys(MONITORS).map((aspect): [string, CaptureMode] => [aspect, INPUT_AND_OUTPUT]),
  ['data quality on serverless()', INPUT],
  ['data quality on serverless()', OUTPUT],
  ['data quality on modelMonitor()', INPUT],
  ['data quality on modelMonitor()', OUTPUT],
  ['model quality', OUTPUT],
  ['attributions', INPUT],
])('a monitor of %s may watch an endpoint that captures %s', (aspect, mode) => {
  const stack = newStack();
  expect(() => MONITORS[aspect](stack, capturing(stack, mode))).not.toThrow();
});

test.each<[string, CaptureMode, string]>([
  ['model quality', INPUT, '"Input", allowed is capture of Output (it compares predictions with labels: '],
  ['bias', INPUT, '"Input", allowed is capture of Input and Output (it compares predictions between groups'],
  ['bias', OUTPUT, '"Output", allowed is capture of Input and Output (it compares predictions between groups'],
  ['attributions', OUTPUT, '"Output", allowed is capture of Input (it asks the model again about the features: '],
])('a monitor of %s cannot watch one that captures %s alone', (aspect, mode, message) => {
  const stack = newStack();
  const make = () => MONITORS[aspect](stack, capturing(stack, mode));
  expect(make).toThrow(`'endpoint.dataCaptureConfig.captureOptions' is ${message}`);
});

test('on serverless(), too, a monitor cannot watch an endpoint of the app that captures nothing', () => {
  const stack = newStack();
  const { endpointConfig } = new Endpoint(stack, 'Silent', { variants: [newVariant(stack, 'silent')] });
  const endpointConfigName = endpointConfig.attrEndpointConfigName;
  const endpoint = new sagemaker.CfnEndpoint(stack, 'Served', { endpointConfigName });
  const capturedData = CapturedData.at(s3.Bucket.fromBucketName(stack, 'Captured', 'captured'), 'data');
  expect(() => newMonitor(stack, { data: MonitoredData.endpoint(endpoint, { capturedData }) })).toThrow(
    /^InvalidMonitoredData at Stack\/DataQuality: 'endpoint' is "no data capture", allowed is an endpoint that captures data/,
  );
});
