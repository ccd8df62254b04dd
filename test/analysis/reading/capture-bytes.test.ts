import { createProfiler, encodeProfile, unreadable } from '../../../lib/analysis';
import { TEXT_BYTES } from '../../../lib/analysis/batch/field-memory';
import { captured, profileOf } from '../dataset';
import { input, testSharedLayouts } from './shared-layouts';

testSharedLayouts(200); // and a thousand in the long test beside this one

test.each([1, 2, 8190, 8191, 8192, 20_000])(
  'a row of 1 and %i columns is read in its layout as it is read as text',
  (count) => {
    const line = captured({ output: '1', input: Array.from({ length: count }, (_, index) => index % 10).join(',') });
    const asBytes = profileOf([`${line}\n${line}\n${line}`], { kind: 'capture' });
    const asText = profileOf([`${line} \n${line} \n${line} `], { kind: 'capture' });
    expect(encodeProfile(asBytes)).toBe(encodeProfile(asText));
  },
);

test('the output of a batch transform beside an input is read in no layout', () => {
  const lines = [1, 2, 3].map((value) => captured({ output: `0.${value}`, input: `${value}` }));
  const batch = lines.map((line) => line.replace('endpointOutput', 'batchTransformOutput'));
  const [ours, theirs] = [batch, lines].map((each) => profileOf([each.join('\n')], { kind: 'capture' }));
  expect(encodeProfile(ours)).toBe(encodeProfile(theirs));
});

test('a line that goes thousands of levels down is read as any other', () => {
  const deep = `"deep":${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const lines = [1, 2].map((value) => captured({ input: `${value}` }));
  const profile = profileOf([lines.map((line) => line.replace('{', `{${deep},`)).join('\n')], { kind: 'capture' });
  expect(unreadable(profile)).toMatchObject({ recordCount: 2, unreadableCount: 0 });
});

test('readers of different layouts that take turns do not mix them up', () => {
  const [a, b] = [{ input: '1,2', output: '3' }, { input: '4' }].map((sides) =>
    Buffer.from(Array.from({ length: (3 * TEXT_BYTES) / 150 }, () => `${captured(sides)}\n`).join('')),
  );
  const alone = createProfiler(input);
  const together = createProfiler(input);
  for (const [name, bytes] of Object.entries({ a, b })) {
    const reader = alone.file(name);
    reader.push(bytes);
    reader.end();
  }
  const readers = [together.file('a'), together.file('b')];
  for (let at = 0; at < Math.max(a.length, b.length); at += 100_000) {
    for (const [index, bytes] of [a, b].entries()) readers[index].push(bytes.subarray(at, at + 100_000));
  }
  for (const reader of readers) reader.end();
  expect(encodeProfile(together.finish())).toBe(encodeProfile(alone.finish()));
});

test.each<[string, (line: string) => Buffer]>([
  ['bytes of Latin-1', (line) => Buffer.from(line, 'latin1')],
  ['what stands for bytes that were no UTF-8', (line) => Buffer.from(line.replace('é', '\ufffd'))],
  ['the same, escaped', (line) => Buffer.from(line.replace('é', '\\ufffd'))],
])('a record with %s counts as unreadable, whatever was read before it, and only that one', (_, spoiled) => {
  const lines = (city: string) =>
    [1, 2, 3].map((value) => captured({ output: `0.${value}`, input: `${value},${city}` }));
  const profiler = createProfiler(input);
  const file = profiler.file('file');
  const usual = `${[...lines('Paris'), ...lines('Orléans')].join('\n')}\n`;
  file.push(Buffer.from(usual.repeat(500))); // more than is looked at in one piece
  for (const line of lines('Orléans')) file.push(Buffer.concat([spoiled(line), Buffer.from('\n')]));
  file.push(Buffer.from(usual));
  file.end();
  const counts = unreadable(profiler.finish());
  expect(counts).toMatchObject({ recordCount: 3006, unreadableCount: 3, byReason: { 'malformed-data': 3 } });
  expect(counts.samples[0].detail).toBe('"endpointInput" has characters that are no UTF-8');
});
