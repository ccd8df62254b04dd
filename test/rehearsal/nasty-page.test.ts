import fc from 'fast-check';
import { renderReport } from '../../lib/rehearsal/report';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { nastyText, SEED } from '../fixtures/nasty-text';
import { tagsOf } from '../report/page-text';
import { UNPRINTABLE, withTexts } from '../report/strange-texts';
import { type Columns, resultOf } from './report-fixture';

/** A rehearsal that has something to say in each of its sections, with a text of its own in each place. */
function rehearsed(): RehearsalResult {
  const numbers = Array.from({ length: 60 }, (_, row) => String(row));
  const words = numbers.map((row) => `word ${Number(row) % 3}`);
  const columns: Columns = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`feature ${index}`, index % 2 === 0 ? numbers : words]),
  );
  const moved = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, values.map((one) => `${one}0`)]),
  );
  const result = resultOf(columns, [columns, moved]);
  const each = Array.from({ length: 60 }, (_, index) => index);
  const [first, second] = result.windows;
  return {
    ...result,
    windows: [first, { ...second, outcome: { ...second.outcome, failureReason: 'why' } }],
    expectations: each.map((index) => ({ name: `link ${index}`, met: index % 2 === 0, detail: `seen ${index}` })),
    timeline: each.map((index) => ({
      ...result.timeline[0],
      title: `title ${index}`,
      detail: `detail ${index}`,
      problem: true,
    })),
    messages: each.map((index) => ({
      ...result.messages[0],
      subject: `subject ${index}`,
      body: `body ${index}`,
      sender: `sender ${index}`,
    })),
    retrainings: each.map((index) => ({
      ...result.retrainings[0],
      pipeline: `pipeline ${index}`,
      executionArn: `arn ${index}`,
    })),
  };
}

test(`no name, value or reason becomes a tag, a link or a control character of a rehearsal's page: 10,000 texts, seed ${SEED}`, () => {
  let used = 0;
  const result = rehearsed();
  const drawn = (told: RehearsalResult, title: string) => renderReport(told, { title, facts: { [title]: title } });
  fc.assert(
    fc.property(fc.array(nastyText, { minLength: 500, maxLength: 500 }), (texts) => {
      const page = drawn(
        withTexts(result, () => `${used}${texts[used++ % texts.length]}`),
        texts[0],
      );
      const plain = drawn(
        withTexts(result, (text) => `${text}x`),
        'title',
      );
      expect(tagsOf(page).join()).toBe(tagsOf(plain).join());
      expect(/<[a-z][^>]{0,200}\s(?:src|on\w+)=/i.exec(page)?.[0]).toBeUndefined();
      expect(page.split('href="').length).toBe(plain.split('href="').length);
      expect(UNPRINTABLE.exec(page)?.[0]).toBeUndefined();
    }),
    { seed: SEED, numRuns: 25, endOnFailure: true },
  );
  expect(used).toBeGreaterThan(10_000);
});
