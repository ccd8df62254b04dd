import { advisories } from '../../../tools/verify/audit';
import { NotVerifiable } from '../../../tools/verify/not-verifiable';

const ADVISORY = { title: 'Reads beyond the end', url: 'https://github.com/advisories/GHSA-0000' };

test('advisories of what is bundled are named, those of other packages are not', () => {
  const vulnerabilities = {
    bundled: { severity: 'high', via: [ADVISORY] },
    above: { severity: 'low', via: ['bundled'] },
    builder: { severity: 'critical', via: [ADVISORY] },
  };
  expect(advisories({ vulnerabilities }, ['bundled', 'above', 'sound'])).toEqual([
    'bundled, high: Reads beyond the end (https://github.com/advisories/GHSA-0000)',
    'above, low: by way of bundled',
  ]);
  expect(advisories({ vulnerabilities: {} }, ['bundled'])).toEqual([]);
});

test('a registry that does not answer is no clean audit', () => {
  expect(() => advisories({ message: '405 Method Not Allowed' }, ['bundled'])).toThrow(NotVerifiable);
  expect(() => advisories({}, ['bundled'])).toThrow('no answer');
});
