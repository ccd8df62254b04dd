import { inputTransformer, transformedInput } from '../../lib/cloud/account/input-transformer';
import type { BusEvent } from '../../lib/cloud/account/recorder';

const EVENT = {
  id: 'e-1',
  region: 'eu-west-1',
  detail: { text: 'a "quoted" one', number: 0.5, list: [{ status: 'Failed' }] },
} as unknown as BusEvent;

const transformed = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) =>
  transformedInput(inputTransformer({ InputTemplate, InputPathsMap }, 'Rule'), EVENT);

describe('the input that a rule makes for its target', () => {
  it('holds JSON where a variable stands alone, a list or an object, too', () => {
    const paths = { id: '$.id', detail: '$.detail', number: '$.detail.number' };
    const input = transformed('{"topic":"arn","id":<id>,"number":<number>,"detail":<detail>}', paths);
    expect(JSON.parse(input)).toEqual({ topic: 'arn', id: 'e-1', number: 0.5, detail: EVENT.detail });
  });

  it('holds the text of a variable in quotes, so that the whole stays JSON', () => {
    const paths = { text: '$.detail.text', region: '$.region' };
    expect(JSON.parse(transformed('{"say":"<text> in <region>"}', paths))).toEqual({
      say: 'a "quoted" one in eu-west-1',
    });
    expect(transformed('"<region> \\"<region>\\""', paths)).toBe('"eu-west-1 \\"eu-west-1\\""');
  });

  it('holds nothing for what the event has not', () => {
    expect(transformed('"<none>"', { none: '$.detail.none.deeper' })).toBe('""');
  });

  it.each([
    ['{"rule":<aws.events.rule-arn>}', {}, 'no path is declared for <aws.events.rule-arn>'],
    ['"<first>"', { first: '$.detail.list[0]' }, 'not $.detail.list[0]'],
  ])('is refused beyond what the rehearsal knows: %s', (template, paths, words) => {
    expect(() => transformed(template, paths)).toThrow(words);
  });
});
