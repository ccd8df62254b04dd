import { coverOfPairs } from '../project/pairwise';
import { removeFolders } from './fixtures/app';
import { expectSeen } from './fixtures/rehearsed-case';
import { isRefused, SERVERLESS_MATRIX, serverlessAssembly } from './fixtures/serverless-matrix';

// Input x frequency x path x variants on Lambda: all are synthesized, and a cover of all pairs is rehearsed; all are in `serverless-matrix.long.test.ts`.

afterAll(removeFolders);

const TAKEN = SERVERLESS_MATRIX.filter((one) => !isRefused(one));

test('all is synthesized but windows below an hour of transform jobs, which are refused with the reason', () => {
  for (const one of SERVERLESS_MATRIX) {
    if (!isRefused(one)) serverlessAssembly(one);
    else
      expect(() => serverlessAssembly(one)).toThrow(
        /UnsupportedOnServerless.*'frequency' is "everyMinutes\(\d+\)", allowed is whole hours for batch transform/,
      );
  }
});

test.each(coverOfPairs(TAKEN))(
  'drift is seen to the message: $input, each $frequency, by $path, variants: $variants',
  expectSeen,
);
