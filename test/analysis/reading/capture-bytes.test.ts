import * as fc from 'fast-check';
import { createProfiler, encodeProfile } from '../../../lib/analysis';
import { TEXT_BYTES } from '../../../lib/analysis/batch/field-memory';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

const input = {
  kind: 'capture',
  window: { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' },
} as const;

test('lines of a shared layout give what they give when each is read as text', () => {
  const data = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('1,2.5', '17,0.25', ',', 'x,', '[0.5]', '[1,2]') },
    // longer than what is looked through at a time, with what is special at any place
    {
      weight: 2,
      arbitrary: fc
        .array(fc.constantFrom('1', '2.5', '', 'é', '"', '\\', '\n', '\u007f', '12345678'), { maxLength: 40 })
        .map((fields) => fields.join(',')),
    },
    fc.string({ unit: fc.constantFrom(...'1,."\n\\ é[]'), maxLength: 8 }),
  );
  const time = fc.constantFrom(
    ...['10:30:00Z', '10:59:59Z', '11:00:00Z', '09:59:59Z', '24:00:00Z', '10:60:00Z', '10:00:00.5Z', '12:30:00+02:00'],
    'now',
  );
  const record = fc.record({
    input: data,
    output: fc.option(data, { nil: undefined }),
    time: time.map((each) => `2024-05-01T${each}`),
    encoding: fc.constantFrom('CSV', 'CSV', 'CSV', 'JSON'),
  });
  holds(
    fc.property(fc.array(record, { maxLength: 40, size: 'max' }), (records) => {
      const lines = records.map(captured);
      const asBytes = profileOf([lines.join('\n')], input);
      const asText = profileOf([lines.map((line) => `${line} `).join('\n')], input); // no layout has a space at its end
      expect(encodeProfile(asBytes)).toBe(encodeProfile(asText));
    }),
    1000,
  );
});

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
