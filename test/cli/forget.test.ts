import { Readable } from 'node:stream';
import { CopyObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { run } from '../../lib/cli/main';
import { PartStore } from '../../lib/triage';
import { truth } from '../analysis/model-quality/rows';
import { captured, exchanges, putBaselines, runOf } from '../handlers/labelled-monitors';
import { MonitorRuns } from '../handlers/monitor-runs';
import { awsError } from '../handlers/s3-store';

const runs = new MonitorRuns(1000);
const { s3 } = runs;
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

const EXCHANGES = exchanges(60, 9);
const PERSON = EXCHANGES[7].id;

beforeEach(async () => {
  runs.reset();
  await putBaselines({ s3 });
  s3.set('capture', 'data/churn/v/2026/03/04/09/00-00-000-a.jsonl', EXCHANGES.map(captured).join(''));
  s3.modified.set('capture/data/churn/v/2026/03/04/09/00-00-000-a.jsonl', new Date('2026-03-04T09:30:00Z'));
  const labels = EXCHANGES.map(({ id, label }) => `${truth(id, label)}\n`).join('');
  s3.set('labels', 'truth/2026/03/04/10/a.jsonl', labels);
  await runs.run(runOf('ModelQuality', '11'));
});

const PLACE = ['--extracts', 's3://extracts/extracts/Stack', '--account', '111122223333', '--name', 'churn'];

async function forget(...args: string[]) {
  const [lines, errors]: [string[], string[]] = [[], []];
  const code = await run(['forget', ...PLACE, ...args], {
    out: (line) => lines.push(line),
    error: (line) => errors.push(line),
  });
  return { code, lines, errors };
}

const extracts = () =>
  new Map([...s3.objects].filter(([address]) => address.startsWith('extracts/')).map(([key, text]) => [key, text]));
const profilesOf = () => [...extracts().keys()].filter((key) => key.startsWith('extracts/extracts/Stack/churn/'));

/** How labels meet what is read of extracts alone, as the captured objects are what was listed. */
async function met() {
  const request = { ...runOf('ModelQuality', '11'), output: { bucket: 'out', prefix: `again/${Math.random()}` } };
  const { captured: read } = await runs.run(request);
  expect(read).toEqual([]);
  return runs.reportOf(request).labels;
}

test('by default nothing is changed, and it is said what would be', async () => {
  const before = extracts();
  const { code, lines } = await forget('--inference-id', PERSON);
  expect(code).toBe(1);
  expect(extracts()).toEqual(before);
  const rewritten = lines.filter((line) => line.includes('would be rewritten without'));
  expect(rewritten).toContainEqual(expect.stringContaining('/2026/03/04/09/'));
  expect(rewritten.some((line) => line.includes('1 prediction, 0 labels'))).toBe(true);
  expect(rewritten.some((line) => line.includes('0 predictions, 1 label'))).toBe(true);
  expect(lines.filter((line) => line.includes('would be deleted, as a profile'))).toHaveLength(profilesOf().length);
  expect(profilesOf().length).toBeGreaterThan(0);
  expect(lines.join('\n')).toContain(
    'captured objects of churn with the record, of 2026/03/04/09, and of the hour before',
  );
  expect(lines.join('\n')).toContain('labels as they were written, of 2026/03/04/10');
  expect(lines[lines.length - 1]).toBe('nothing was changed: add --confirm');
  expect(lines.join('\n')).not.toContain(PERSON);
});

test('once confirmed, records and labels of the identifier are in no part any more, and all others are', async () => {
  expect(await met()).toMatchObject({ matched: 60, labelsWithoutPrediction: 0, predictionsWithoutLabel: 0 });
  const { code, lines } = await forget('--inference-id', PERSON, '--confirm');
  expect(code).toBe(0);
  expect(lines).toContainEqual(expect.stringMatching(/: rewritten without 1 prediction, 0 labels$/));
  expect(profilesOf()).toEqual([]);
  expect(await met()).toMatchObject({ matched: 59, labelsWithoutPrediction: 0, predictionsWithoutLabel: 0 });
});

test('what is forgotten is found no more, however often it is asked for', async () => {
  await forget('--inference-id', PERSON, '--confirm');
  const after = extracts();
  const again = await forget('--inference-id', PERSON, '--confirm');
  expect(again.code).toBe(0);
  expect(again.lines[0]).toBe('nothing of these identifiers is there');
  expect(extracts()).toEqual(after);
  expect((await forget('--inference-id', 'nobody')).code).toBe(0);
});

test('several are forgotten together', async () => {
  const ids = EXCHANGES.slice(10, 13).flatMap(({ id }) => ['--inference-id', id]);
  await forget(...ids, '--confirm');
  expect(await met()).toMatchObject({ matched: 57 });
});

test('an object is written again in place of the version that was read, with the encryption that it has', async () => {
  const encryption = {
    ServerSideEncryption: 'aws:kms' as const,
    SSEKMSKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1',
  };
  const answer = { ETag: '"e"', ContentType: 'application/json', ...encryption };
  s3.client.on(GetObjectCommand).resolves({ ...answer, Body: Readable.from([Buffer.from('a')]) as never });
  s3.client.on(PutObjectCommand).resolves({});
  const store = new PartStore({ bucket: 'extracts', bucketOwner: '111122223333' });
  const content = await store.read('key');
  expect(content?.bytes).toEqual(new Uint8Array([97]));
  if (content) await store.replace('key', content, new Uint8Array([98]));
  const [{ args }] = s3.client.commandCalls(PutObjectCommand).slice(-1);
  expect(args[0].input).toMatchObject({ IfMatch: '"e"', ContentType: 'application/json', ...encryption });
});

test('a part is replaced in the version that was read, and read again where somebody was faster', async () => {
  const keys: string[] = [];
  let refused = 0;
  s3.client.on(PutObjectCommand).callsFake((input) => {
    keys.push(`${input.IfMatch} ${input.Key}`);
    if (refused++ === 0) throw awsError('PreconditionFailed');
    return s3.put(input);
  });
  expect((await forget('--inference-id', PERSON, '--confirm')).code).toBe(0);
  expect(keys.every((key) => key.startsWith('"'))).toBe(true);
  expect(new Set(keys).size).toBe(keys.length - 1);
  expect(await met()).toMatchObject({ matched: 59 });
});

test('the profiles of an hour go as well where somebody says in which a record lies', async () => {
  const { lines } = await forget('--inference-id', 'nobody', '--hour', '2026/03/04/09', '--confirm');
  expect(lines).toContainEqual(expect.stringMatching(/: deleted, as a profile of the hour of a record/));
  expect(profilesOf()).toEqual([]);
  expect(await met()).toMatchObject({ matched: 60 });
});

test('a part that cannot be read is deleted, as no run of this version reads it, and rows that a failed run left', async () => {
  s3.set('extracts', 'extracts/Stack/_records/churn/old/2026/03/04/09/x.json', '{"version":1}\n');
  s3.set('extracts', 'samples/Stack/work/e0/profiles/0.json', '{}');
  s3.set('extracts', 'samples/Stack/work/e1/profiles/0.json', '{}');
  s3.modified.set('extracts/samples/Stack/work/e1/profiles/0.json', new Date());
  s3.set('extracts', 'samples/Other/work/e0/profiles/0.json', '{}');
  const { lines } = await forget('--inference-id', 'nobody', '--confirm');
  expect(lines.slice(0, 2)).toEqual([
    's3://extracts/extracts/Stack/_records/churn/old/2026/03/04/09/x.json: deleted, as no run of this version reads it',
    's3://extracts/samples/Stack/work/e0/profiles/0.json: deleted, rows that a failed run left',
  ]);
  const left = [...extracts().keys()].filter((key) => key.includes('samples') || key.includes('old'));
  expect(left).toEqual([
    'extracts/samples/Stack/work/e1/profiles/0.json',
    'extracts/samples/Other/work/e0/profiles/0.json',
  ]);
});

test('a bucket that may not be read, or is of another account, is told in one line', async () => {
  s3.owners.set('extracts', '444455556666');
  const { code, errors } = await forget('--inference-id', PERSON, '--confirm');
  expect(code).toBe(2);
  expect(errors).toEqual([expect.stringMatching(/^ForgetNothingDone: AccessDenied: .*put that right and repeat it$/)]);
});

test.each([
  [['--extracts', 'extracts/Stack'], '--extracts is needed: s3://bucket/extracts/Stack'],
  [['--account', '1'], '--account is needed: twelve digits'],
  [['--name', 'a/b'], '--name is needed'],
  [[], '--inference-id is needed'],
  [['--inference-id', ''], '--inference-id is needed'],
  [['--inference-id', 'a', '--hour', '2026-03-04'], '--hour is "2026-03-04": 2026/01/31/09 is needed'],
  [['--what'], "Unknown option '--what'"],
])('arguments %j are refused, with what is needed', async (args, message) => {
  const { code, errors } = await forget(...args);
  expect(code).toBe(64);
  expect(errors[0]).toMatch(/^ForgetUsage: /);
  expect(errors[0]).toContain(message);
});

test('only identifiers are asked of S3: nothing is copied elsewhere, and what has none of them is read, not written', async () => {
  s3.client.resetHistory();
  await forget('--inference-id', 'nobody', '--confirm');
  expect(s3.client.commandCalls(PutObjectCommand)).toHaveLength(0);
  expect(s3.client.commandCalls(CopyObjectCommand)).toHaveLength(0);
  expect(s3.client.commandCalls(GetObjectCommand).length).toBeGreaterThan(0);
});
