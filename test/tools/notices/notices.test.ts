import type { BundledPackage } from '../../../tools/notices/bundled-package';
import { noticesText } from '../../../tools/notices/notices';

function bundled(name: string, props: Partial<BundledPackage> = {}): BundledPackage {
  const texts = { LICENSE: `Rights of the makers of ${name}` };
  return { name, version: '1.0.0', license: 'MIT', sha512: '', bundles: ['plan'], licenseTexts: texts, ...props };
}

test('each package is named above the text of its licence, and its notice comes first', () => {
  const text = noticesText([bundled('one'), bundled('two', { notice: 'Made by Two' })]);
  const places = ['two 1.0.0: notice', 'Made by Two', 'one 1.0.0: LICENSE', 'Rights of the makers of one'].map(
    (words) => text.indexOf(words),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
});

test('the same text stands once, whatever its line ends, below the names of all who bring it', () => {
  const same = ['one', 'two'].map((name, index) =>
    bundled(name, { licenseTexts: { LICENSE: `All rights\r\nand duties${'\n'.repeat(index)}` } }),
  );
  const text = noticesText(same);
  expect(text.match(/and duties/g)).toHaveLength(1);
  expect(text).toContain('one 1.0.0: LICENSE\ntwo 1.0.0: LICENSE\n');
});

test('a package without a text has that of its own organization, and of nobody else', () => {
  const silent = bundled('@org/silent', { licenseTexts: {} });
  expect(noticesText([bundled('@org/one'), silent])).toContain('@org/silent 1.0.0: MIT, as of @org/one');
  expect(() => noticesText([bundled('@other/one'), bundled('one'), silent])).toThrow(
    '@org/silent 1.0.0 brings no text',
  );
  expect(() => noticesText([bundled('@org/one', { license: 'ISC' }), silent])).toThrow('brings no text');
});

test('a licence that asks for more than to be passed on is refused', () => {
  expect(() => noticesText([bundled('free', { license: 'GPL-3.0-only' })])).toThrow(
    'the licence of free is GPL-3.0-only',
  );
});
