import * as fc from 'fast-check';
import { encodeProfile } from '../../../lib/analysis';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

/** Captures of an hour. */
export const input = {
  kind: 'capture',
  window: { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' },
} as const;

/** Tests so many drawn files, whose lines share layouts or do not. */
export function testSharedLayouts(files: number): void {
  test('lines of a shared layout give what they give when each is read as text', () => {
    const data = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('1,2.5', '17,0.25', ',', 'x,', '[0.5]', '[1,2]') },
      // longer than what is looked through at a time, with what is special at any place
      {
        weight: 2,
        arbitrary: fc
          .array(fc.constantFrom('1', '2.5', '', 'é', '"', '\\', '\n', '\u007f', '\ufffd', '12345678'), {
            maxLength: 40,
          })
          .map((fields) => fields.join(',')),
      },
      fc.string({ unit: fc.constantFrom(...'1,."\n\\ é[]'), maxLength: 8 }),
    );
    const time = fc.constantFrom(
      ...[
        '10:30:00Z',
        '10:59:59Z',
        '11:00:00Z',
        '09:59:59Z',
        '24:00:00Z',
        '10:60:00Z',
        '10:00:00.5Z',
        '12:30:00+02:00',
      ],
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
      files,
    );
  });
}
