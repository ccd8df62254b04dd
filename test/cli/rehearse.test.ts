import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import { givenObject } from '../../lib/cli/given-objects';
import { run } from '../../lib/cli/main';
import { newFolder, removeFolders, rows, synthesize } from '../rehearsal/fixtures/app';
import { attributionsAssembly, attributionsCsv } from '../rehearsal/fixtures/attributions-app';
import { synthesizeFirstApp } from '../rehearsal/fixtures/readme-app';

afterAll(removeFolders);

async function cli(...args: string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await run(['rehearse', ...args], {
    out: (line) => lines.push(line),
    error: (line) => errors.push(line),
  });
  return { code, lines, errors };
}

function traffic(drifted: boolean): string {
  const file = join(newFolder(), 'traffic.csv');
  const lines = rows(400, drifted).map(({ output, input }) => [...output, ...input].join(','));
  writeFileSync(file, `${['score,size,colour', ...lines].join('\n')}\n`);
  return file;
}

test('rehearses an app, prints what happened and every link, writes the report, and ends with 0', async () => {
  const report = join(newFolder(), 'report.html');
  const { code, lines, errors } = await cli('--assembly', synthesize(), '--traffic', traffic(true), '--report', report);
  expect([code, errors]).toEqual([0, []]);
  expect(lines.filter((line) => line.startsWith('ok  '))).toHaveLength(16);
  expect(lines).toContainEqual(expect.stringMatching(/retraining +pipeline your-training started/));
  expect(lines.filter((line) => line.startsWith('note '))).toEqual([]);
  expect(existsSync(report) && readFileSync(report, 'utf8')).toContain('<!doctype html>');
});

test('ends with 1 and names the first link that failed', async () => {
  const { code, errors } = await cli('--assembly', synthesize(), '--traffic', traffic(true), '--no-drift');
  expect(code).toBe(1);
  expect(errors).toEqual([expect.stringMatching(/^RehearseFailed: no drift: /)]);
});

test('rehearses an app whose dataset lies in its bucket, and says what is to be known of it and what the app lacks', async () => {
  const lean = (source: string) => source.replace(/^new RetrainingTrigger[\s\S]*?^\}\);$/m, '');
  const assembly = synthesizeFirstApp(lean);
  const object = `training/churn.csv=${traffic(false)}`;
  const { code, lines, errors } = await cli('--assembly', assembly, '--traffic', traffic(true), '--object', object);
  rmSync(assembly, { recursive: true });
  expect([code, errors]).toEqual([0, []]);
  expect(lines.filter((line) => line.startsWith('note '))).toEqual([
    expect.stringMatching(/^note {4}baseline +\d+ rows: \d+ are needed to see every drift of 0\.1 in 3 columns$/),
  ]);
  expect(lines.at(-1)).toMatch(/^lacks +retraining +no RetrainingTrigger/);
});

describe('an app whose model is asked what its answers rest on', () => {
  const served = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const lines = Buffer.concat(chunks).toString('utf8').split('\n');
      const scores = lines.map((line) => line.split(',').reduce((sum, value) => sum + Number(value) / 100, 0));
      response.writeHead(request.url === '/invocations' ? 200 : 404, { 'content-type': 'text/csv' });
      response.end(scores.join('\n'));
    });
  });
  beforeAll(() => new Promise<void>((resolve) => served.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => served.close(resolve)));

  const rehearsed = (...model: string[]) => {
    const file = join(newFolder(), 'traffic.csv');
    writeFileSync(file, attributionsCsv(200));
    return cli('--assembly', attributionsAssembly(), '--traffic', file, '--no-drift', ...model);
  };

  test('is rehearsed with the model where it is served', async () => {
    const { port } = served.address() as AddressInfo;
    const { code, lines, errors } = await rehearsed('--model', `http://127.0.0.1:${port}/`);
    expect([code, errors]).toEqual([0, []]);
    expect(lines).toContainEqual(expect.stringMatching(/^ok +no drift/));
  });

  test('fails without, and says what is missing', async () => {
    const { code, errors } = await rehearsed();
    expect(code).toBe(1);
    expect(errors).toEqual([
      expect.stringMatching(/^RehearseFailed: deployment: .*rehearse asks one where it is served \(--model\)/),
    ]);
  });
});

test('puts objects into buckets that are none of the app, and takes the last = for the one before the file', () => {
  const file = traffic(false);
  expect(givenObject(`s3://theirs/day=1/train.csv=${file}`)).toEqual({
    bucket: 'theirs',
    key: 'day=1/train.csv',
    file,
  });
  expect(givenObject(`train.csv=${file}`)).toEqual({ key: 'train.csv', file });
});

test('rehearses under a permissions boundary, and says what it does not allow', async () => {
  const assembly = synthesize((app) => {
    const boundary = 'arn:aws:iam::123456789012:policy/monitoring-boundary';
    iam.PermissionsBoundary.of(app).apply(iam.ManagedPolicy.fromManagedPolicyArn(app, 'Boundary', boundary));
  });
  const boundary = join(newFolder(), 'boundary.json');
  writeFileSync(boundary, '{ "Statement": { "Effect": "Allow", "Action": ["s3:*", "lambda:*"], "Resource": "*" } }');
  const given = ['--assembly', assembly, '--traffic', traffic(true)];
  const { code, lines } = await cli(...given, '--boundary', boundary);
  expect(code).toBe(1);
  expect(lines).toContainEqual(expect.stringMatching(/! .*denied: states:StartExecution: .*boundary does not allow/));
  const ignorant = await cli(...given);
  expect(ignorant.code).toBe(0);
  expect(ignorant.lines).toContainEqual(expect.stringContaining('monitoring-boundary allows is not known here'));
});

test('refuses a permissions boundary that is no JSON', async () => {
  const file = join(newFolder(), 'boundary.txt');
  writeFileSync(file, 'all of it');
  const given = ['--assembly', newFolder(), '--traffic', traffic(true)];
  const { code, errors } = await cli(...given, '--boundary', file);
  expect(code).toBe(64);
  expect(errors[0]).toContain(`RehearseUsage: --boundary is "${file}"`);
});

test('ends with 2 where there is no assembly', async () => {
  const { code, errors } = await cli('--assembly', newFolder(), '--traffic', traffic(false));
  expect([code, errors]).toEqual([2, [expect.stringMatching(/^RehearseNothingDone: UnusableAssembly: /)]]);
});

test('refuses labels of a file for traffic of CSV', async () => {
  const file = traffic(true);
  const { code, errors } = await cli('--assembly', newFolder(), '--traffic', file, '--labels', file);
  expect(code).toBe(64);
  expect(errors[0]).toMatch(/^RehearseUsage: UnusableTraffic: --labels needs traffic of captured records/);
});

test.each([
  ['nothing', [] as string[], 'required'],
  ['an unknown option', ['--speed', '3'], "Unknown option '--speed'"],
  ['a file that is not there', ['--assembly', '/nowhere', '--traffic', '/nowhere'], 'does not exist'],
  ['an object without file', ['--assembly', '.', '--traffic', 'package.json', '--object', 'train.csv'], 'is needed'],
  ['an object without key', ['--assembly', '.', '--traffic', 'package.json', '--object', 's3://theirs=x'], 'is needed'],
  ['an object that is not there', ['--assembly', '.', '--traffic', 'package.json', '--object', 'a=/nowhere'], 'exist'],
  ['labels that are not there', ['--assembly', '.', '--traffic', 'package.json', '--labels', '/no'], '"/no" does not'],
  ['no delay', ['--assembly', '.', '--traffic', 'package.json', '--label-delay', 'two'], 'at least 0'],
  ['half a delay', ['--assembly', '.', '--traffic', 'package.json', '--label-delay', '0.5'], 'at least 0'],
  ['no number', ['--assembly', '.', '--traffic', 'package.json', '--records-per-hour', '0'], 'at least 1'],
])('fails with 64 and the usage for %s', async (_what, args, message) => {
  const { code, errors } = await cli(...args);
  expect(code).toBe(64);
  expect(errors[0]).toMatch(/^RehearseUsage: /);
  expect(errors[0]).toContain(message);
  expect(errors[0]).toContain('usage: cdk-sagemaker-monitoring rehearse');
});
