import fc from 'fast-check';
import { log } from '../../lib/runtime/log';
import { nastyText, SEED } from '../fixtures/nasty-text';

const written = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => written.mockRestore());

test(`10,000 drawn names, values and reasons stay one line of JSON in a log, in which no terminal finds an order, seed ${SEED}`, () => {
  fc.assert(
    fc.property(nastyText, nastyText, (name, reason) => {
      written.mockClear();
      const facts = { monitorId: name, failureReason: reason, list: [name], [reason]: 1 };
      log('publish', facts);
      expect(written).toHaveBeenCalledTimes(1);
      const [line] = written.mock.calls[0];
      expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(line)).toEqual({ decision: 'publish', ...facts });
    }),
    { numRuns: 5000, seed: SEED },
  );
});
