import { importGraph, roleOf, wrongImports } from './layers';
import { parsed, sourceFiles } from './source-files';

const CONSTRUCT = parsed('lib/monitor/monitor.ts', "import { Construct } from 'constructs';");
const PURE = parsed('lib/monitor/sentence.ts', 'export const sentence = 1;');

const LIB = sourceFiles('lib');
const GRAPH = importGraph(LIB);

/** The wrong imports of one invented file that stands among others. */
function wrongIn(path: string, text: string): string[] {
  const invented = [CONSTRUCT, PURE, parsed(path, text)].filter((file) => file.path === path || !GRAPH.has(file.path));
  const graph = new Map([...GRAPH, ...importGraph(invented, [...LIB, ...invented])]);
  return wrongImports(graph, [path]);
}

test('every file of lib/ imports only what its layer may see', () => {
  expect(wrongImports(GRAPH)).toEqual([]);
});

test('a handler never reaches a construct, however many files are between them', () => {
  const reached = new Set([...GRAPH.keys()].filter((file) => roleOf(GRAPH, file) === 'handler'));
  for (const file of reached) for (const imported of GRAPH.get(file) ?? []) reached.add(imported);
  expect([...reached].filter((file) => /^(aws-cdk-lib|constructs)/.test(file))).toEqual([]);
});

test.each([
  ['lib/analysis/one.ts', "import { readFileSync } from 'node:fs';"],
  ['lib/analysis/one.ts', "import { S3Client } from '@aws-sdk/client-s3';"],
  ['lib/analysis/one.ts', "import { log } from '../runtime/log';"],
  ['lib/analysis/bias/one.ts', "import { ndcg } from '../attribution/ndcg';"],
  ['lib/runtime/one.ts', "import { Stack } from 'aws-cdk-lib';"],
  ['lib/runtime/one.ts', "import { fulfil } from '../baseline/handler/baseline-fulfilment';"],
  ['lib/capture-writer/one.ts', "import { Stack } from 'aws-cdk-lib';"],
  ['lib/capture-writer/one.ts', "import { log } from '../runtime/log';"],
  ['lib/engine/one.lambda.ts', "import { Monitor } from '../monitor/monitor';"],
  ['lib/engine/one.lambda.ts', "import type { Construct } from 'constructs';"],
  ['lib/engine/one.lambda.ts', "import { handler } from './serverless/plan.lambda';"],
  ['lib/engine/one.ts', "import { Stack } from 'aws-cdk-lib'; import { csv } from '../analysis';"],
  ['lib/engine/one.ts', "import { Stack } from 'aws-cdk-lib'; export * from '../runtime/log';"],
  ['lib/engine/one.ts', "import { Stack } from 'aws-cdk-lib'; import { S3Client } from '@aws-sdk/client-s3';"],
  ['lib/engine/one.ts', "import { Stack } from 'aws-cdk-lib'; import { handler } from './serverless/plan.lambda';"],
  ['lib/engine/one.ts', "import { StackAlarms } from '../alarm/stack-alarms';"],
  ['lib/monitor/one.ts', "import { MonitoringEngine } from '../engine/monitoring-engine';"],
  ['lib/monitor/one.ts', "import { ModelMonitoring } from '../model-monitoring';"],
  ['lib/kind/one.ts', "import { Stack } from 'aws-cdk-lib';"],
  ['lib/kind/one.ts', "import { METRICS } from '../monitor/contract';"],
  ['lib/kind/one.ts', "import { ValidationError } from '../core/validation-error';"],
  ['lib/core/one.ts', "import { KINDS } from '../kind/kinds';"],
  ['lib/core/one.ts', "import { Monitor } from '../monitor/monitor';"],
  ['lib/endpoint/contract.ts', "import { sentence } from '../monitor/sentence';"],
  ['lib/baseline/contract.ts', "import type { Plan } from '../engine/serverless/contract';"],
  ['lib/baseline/one.lambda.ts', "import type { Plan } from '../engine/serverless/contract';"],
  ['lib/outcome/one.ts', "import { DRAIN_ENV } from '../engine/model-monitor/schedule/drain/contract';"],
  ['lib/rehearsal/one.ts', "import { Monitor } from '../monitor/monitor';"],
  ['lib/rehearsal/one.ts', "const later = import('../engine/serverless/plan.lambda');"],
  ['lib/report/one.ts', "import { log } from '../runtime/log';"],
  ['lib/report/one.ts', "import { readFileSync } from 'node:fs';"],
  ['lib/monitor/one.ts', "import { Stack } from 'aws-cdk-lib'; import { renderRunReport } from '../report';"],
  ['lib/cloud/one.ts', "import { METRICS } from '../outcome/contract';"],
  ['lib/cloud/one.ts', "import { rehearse } from '../rehearsal/rehearsal';"],
  ['lib/cli/one.ts', "import { log } from '../runtime/log';"],
  ['lib/triage/one.ts', "import { S3Client } from '@aws-sdk/client-s3';"],
  ['lib/triage/one.ts', "import { handler } from '../outcome/handler/decision';"],
  ['lib/outcome/handler/one.ts', "import { except } from '../../triage';"],
  ['lib/cli/one.ts', "const cdk = require('aws-cdk-lib');"],
])('fails when %s says %j', (path, text) => {
  expect(wrongIn(path, text)).toHaveLength(1);
});

test.each([
  ['lib/engine/one.lambda.ts', "import { csv } from '../analysis'; import { log } from '../runtime/log';"],
  ['lib/engine/one.lambda.ts', "import { KINDS } from '../kind/kinds';"],
  ['lib/baseline/contract.ts', "import type { MonitorKindName } from '../kind/kind-sheet';"],
  ['lib/baseline/one.ts', "import { Stack } from 'aws-cdk-lib'; import { KINDS } from '../kind/kinds';"],
  ['lib/engine/one.lambda.ts', "import { sentence } from '../monitor/sentence';"],
  ['lib/engine/one.ts', "import { Monitor } from '../monitor/monitor'; import { KEYS } from './serverless/contract';"],
  ['lib/report/one.ts', "import { FILES } from '../outcome/contract'; import { x } from '../analysis';"],
  ['lib/rehearsal/one.ts', "import { METRICS } from '../outcome/contract'; import { x } from '../analysis';"],
])('passes when %s says %j', (path, text) => {
  expect(wrongIn(path, text)).toEqual([]);
});
