import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { FieldBatch } from '../../../lib/analysis/batch/field-batch';
import { DistinctCount } from '../../../lib/analysis/profile/distinct-count';
import { XxHash64 } from '../../../lib/analysis/profile/xx-hash';
import { MODULES, moduleSource } from '../../../tools/web-assembly/assemble';
import { holds } from '../property';
import { fillColumn } from './field-column';

const batch = new FieldBatch();
const hash = new XxHash64(42);

test.each(MODULES)('the module of %s is what its text says', async (name) => {
  const path = join(__dirname, '..', '..', '..', 'lib', 'analysis', `${name}-module.ts`);
  expect(readFileSync(path, 'utf8')).toBe(await moduleSource(name));
});

test('fields of ASCII have the hashes and registers that their texts have, whatever their length', () => {
  const ascii = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 120, size: 'max' });
  holds(
    fc.property(fc.array(ascii, { minLength: 1, maxLength: 30 }), (texts) => {
      const distinct = new DistinctCount();
      const bytes = texts.map((text) => Buffer.from(text));
      fillColumn(batch, bytes);
      distinct.addBatch(batch, 0);
      const expected = new DistinctCount();
      for (const text of texts) expected.add(text);
      expect(distinct.toString()).toBe(expected.toString());
      for (const [row, each] of bytes.entries()) {
        hash.hash(each, each.length);
        expect(batch.hashes[row]).toBe((hash.low << 1) | 0);
      }
    }),
    500,
  );
});

test('fields beyond ASCII are marked and not counted, empty ones neither', () => {
  const distinct = new DistinctCount();
  fillColumn(batch, [Buffer.from('ä'), Buffer.from(''), Buffer.from('0123456789é')]);
  distinct.addBatch(batch, 0);
  expect(distinct.estimate()).toBe(0);
  expect([...batch.hashes.subarray(0, 3)].map((each) => each & 1)).toEqual([1, 0, 1]);
});
