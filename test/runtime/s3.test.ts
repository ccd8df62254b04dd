import { inspect } from 'node:util';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import {
  listFolders,
  listObjects,
  objectExists,
  readJson,
  readJsonIfExists,
  readText,
  readVersionIfExists,
  readVersionIfKept,
  streamObject,
  writeContent,
  writeJson,
  writeJsonInPlaceOf,
} from '../../lib/runtime/s3';
import { awsError, S3Store } from '../handlers/s3-store';

const s3 = new S3Store();
beforeEach(() => s3.reset());

test('a listing reads every page, without empty objects and folders', async () => {
  for (const key of ['p/1', 'p/2', 'p/3', 'p/4', 'p/5', 'q/1']) s3.set('bucket', key, 'data');
  s3.set('bucket', 'p/empty', '');
  s3.set('bucket', 'p/folder/', 'x');
  expect((await listObjects({ bucket: 'bucket' }, 'p/')).map(({ key }) => key)).toEqual([
    'p/1',
    'p/2',
    'p/3',
    'p/4',
    'p/5',
  ]);
});

test('a part of a listing begins after a key, ends with a key, and reads no page behind it', async () => {
  for (const key of ['p/1', 'p/2/a', 'p/2/b', 'p/3', 'p/4', 'p/5', 'p/6', 'p/7']) s3.set('bucket', key, 'data');
  const part = await listObjects({ bucket: 'bucket' }, 'p/', { after: 'p/2', until: 'p/3' });
  expect(part.map(({ key }) => key)).toEqual(['p/2/a', 'p/2/b', 'p/3']);
  expect(s3.client.commandCalls(ListObjectsV2Command)).toHaveLength(2); // pages of two: the second one goes beyond
});

test('a listing of folders reads every page', async () => {
  for (const key of ['p/a/1', 'p/a/2', 'p/b/1', 'p/c/1']) s3.set('bucket', key, 'data');
  expect(await listFolders({ bucket: 'bucket' }, 'p/')).toEqual(['p/a/', 'p/b/', 'p/c/']);
});

test('an object exists only under its whole key', async () => {
  s3.set('bucket', 'report.json.bak', 'x');
  expect(await objectExists({ bucket: 'bucket', key: 'report.json' })).toBe(false);
  s3.set('bucket', 'report.json', 'x');
  expect(await objectExists({ bucket: 'bucket', key: 'report.json' })).toBe(true);
});

test('an object is handed on in chunks, and its text survives a cut within a character', async () => {
  s3.set('bucket', 'k', 'zwölf');
  const chunks: Uint8Array[] = [];
  await streamObject({ bucket: 'bucket', key: 'k' }, (chunk) => chunks.push(chunk));
  expect(chunks.length).toBe(2);
  expect(await readText({ bucket: 'bucket', key: 'k' })).toBe('zwölf');
});

test('what is written as JSON is read as it was', async () => {
  await writeJson({ bucket: 'bucket', key: 'k' }, { a: [1] });
  expect(await readJson({ bucket: 'bucket', key: 'k' })).toEqual({ a: [1] });
  expect(await readJsonIfExists({ bucket: 'bucket', key: 'none' })).toBeUndefined();
});

describe('an object that nobody expects to be missing', () => {
  const k = { bucket: 'bucket', key: 'k' };
  const listings = () => s3.client.commandCalls(ListObjectsV2Command).length;

  test('is not looked for', async () => {
    s3.set('bucket', 'k', '1');
    expect((await readVersionIfKept(k))?.text).toBe('1');
    expect(listings()).toBe(0);
  });

  test.each(['NoSuchKey', 'AccessDenied'])('is looked for where %s is answered', async (name) => {
    s3.client.on(GetObjectCommand).rejects(awsError(name));
    expect(await readVersionIfKept(k)).toBeUndefined();
    expect(listings()).toBe(1);
  });

  test('and may not be read is no object that is not there', async () => {
    s3.set('bucket', 'k', '1');
    s3.denied.set('bucket/k', 'AccessDenied');
    await expect(readVersionIfKept(k)).rejects.toThrow('AccessDenied: no access to s3://bucket/k; ');
  });

  test('is not taken for missing where S3 is unwell', async () => {
    s3.denied.set('bucket/k', 'SlowDown');
    await expect(readVersionIfKept(k)).rejects.toThrow('SlowDown');
    expect(listings()).toBe(0);
  });
});

describe('a write in place of a version', () => {
  const k = { bucket: 'bucket', key: 'k' };

  test('is done where that version is there still, and where none is there if none is named', async () => {
    const first = await writeJsonInPlaceOf(k, undefined, 1);
    expect(await readVersionIfExists(k)).toEqual({ text: '1', etag: first });
    expect(await writeJsonInPlaceOf(k, first, 2)).toBe((await readVersionIfExists(k))?.etag);
    expect(await readJson(k)).toBe(2);
  });

  test('leaves what has come meanwhile, and what has gone', async () => {
    const first = await writeJsonInPlaceOf(k, undefined, 1);
    s3.set('bucket', 'k', '3');
    expect(await writeJsonInPlaceOf(k, undefined, 2)).toBeUndefined();
    expect(await writeJsonInPlaceOf(k, first, 2)).toBeUndefined();
    expect(await readJson(k)).toBe(3);
    s3.objects.clear();
    expect(await writeJsonInPlaceOf(k, first, 2)).toBeUndefined();
    expect(await readVersionIfExists(k)).toBeUndefined();
  });

  test('is for the caller to do again while another write is under way, and fails where it is refused', async () => {
    s3.denied.set('bucket/k', 'ConditionalRequestConflict');
    expect(await writeJsonInPlaceOf(k, undefined, 1)).toBeUndefined();
    s3.denied.set('bucket/k', 'AccessDenied');
    await expect(writeJsonInPlaceOf(k, undefined, 1)).rejects.toThrow('AccessDenied: no access to s3://bucket/k; ');
  });
});

test('what is written has tags where it is given some, as a query', async () => {
  await writeContent({ bucket: 'bucket', key: 'k' }, 'x', {
    contentType: 'text/plain',
    tags: { 'a b': 'c&d', e: 'f' },
  });
  expect(s3.tags).toEqual({ 'bucket/k': 'a+b=c%26d&e=f' });
  expect(s3.client.calls()[0].args[0].input).toMatchObject({ ContentType: 'text/plain' });
});

test.each([
  ['NoSuchKey', 'ObjectNotFound: there is no object s3://bucket/dir/k'],
  ['NoSuchBucket', "BucketNotFound: there is no bucket 'bucket' (for s3://bucket/dir/k)"],
  ['AccessDenied', 'AccessDenied: no access to s3://bucket/dir/k; '],
])('fails on %s naming the object', async (name, words) => {
  s3.denied.set('bucket/dir/k', name);
  await expect(readText({ bucket: 'bucket', key: 'dir/k' })).rejects.toThrow(words);
});

test('fails with the words of the service where it has no better ones, naming the object', async () => {
  const error = awsError('SlowDown', 'Please reduce your request rate.');
  s3.client.onAnyCommand().rejects(error);
  const reading = readText({ bucket: 'bucket', key: 'k' });
  await expect(reading).rejects.toThrow(
    'ObjectNotServed: S3 did not serve s3://bucket/k: SlowDown (Please reduce your request rate.)',
  );
  await expect(reading).rejects.toMatchObject({ cause: error });
});

test.each([
  ['InvalidObjectState', 403],
  ['KMS.DisabledException', 400],
])('fails for %s as a refusal, which is the same the next time', async (name, httpStatusCode) => {
  s3.client.onAnyCommand().rejects(Object.assign(awsError(name, 'no'), { $metadata: { httpStatusCode } }));
  await expect(readText({ bucket: 'bucket', key: 'k' })).rejects.toThrow(
    `ObjectRefused: S3 refuses s3://bucket/k: ${name} (no); put that right, or move the object away`,
  );
});

test.each([
  ['SlowDown', 503],
  ['ThrottlingException', 400],
  ['RequestTimeout', 400],
  ['Unknown', 500],
])('fails for %s as for what passes', async (name, httpStatusCode) => {
  s3.client.onAnyCommand().rejects(Object.assign(awsError(name, 'no'), { $metadata: { httpStatusCode } }));
  await expect(readText({ bucket: 'bucket', key: 'k' })).rejects.toThrow('ObjectNotServed');
});

test('fails for a bucket in another region, naming it and the object', async () => {
  const error = Object.assign(awsError('PermanentRedirect', 'use the endpoint'), {
    $metadata: { httpStatusCode: 301 },
  });
  s3.client.onAnyCommand().rejects(error);
  await expect(readText({ bucket: 'bucket', key: 'k' })).rejects.toThrow(
    "BucketElsewhere: the bucket 'bucket' (for s3://bucket/k) is in another region than it is read from (use the endpoint)",
  );
});

test('fails in the middle of an object, naming it', async () => {
  async function* body() {
    yield Buffer.from('half');
    throw Object.assign(new Error('aborted'), { name: 'ECONNRESET' });
  }
  s3.client.on(GetObjectCommand).resolves({ Body: body() as never });
  await expect(readText({ bucket: 'bucket', key: 'k' })).rejects.toThrow(
    'ObjectNotServed: S3 did not serve s3://bucket/k: ECONNRESET (aborted)',
  );
});

test('what a reader throws is no failure of S3', async () => {
  s3.set('bucket', 'k', 'data');
  const bug = new RangeError('a bug');
  const reading = streamObject({ bucket: 'bucket', key: 'k' }, () => {
    throw bug;
  });
  await expect(reading).rejects.toBe(bug);
});

test.each([
  ['', 'it is empty'],
  [' \n', 'it is empty'],
  ['Maier,1\n', 'it begins with neither { nor ['],
  ['{"name":"Maier', 'it ends before its last bracket, as a file that was cut off'],
  [' [{"name":"Maier"}', 'its brackets, quotes, commas and colons do not fit together'],
  ['{"name":"Maier",}\n', 'its brackets, quotes, commas and colons do not fit together'],
  ['{"name":"Maier\n"}', 'its brackets, quotes, commas and colons do not fit together'],
])('fails on %j, which is no JSON, naming the object and nothing that is in it', async (text, fault) => {
  s3.set('bucket', 'k', text);
  const told = await readJson({ bucket: 'bucket', key: 'k' }).catch(inspect);
  expect(told).toContain(`MalformedJson: s3://bucket/k is no JSON: ${fault}; write it anew, or move it away\n`);
  expect(told).not.toContain('Maier');
});
