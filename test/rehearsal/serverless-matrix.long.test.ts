import { removeFolders } from './fixtures/app';
import { expectSeen } from './fixtures/rehearsed-case';
import { isRefused, SERVERLESS_MATRIX } from './fixtures/serverless-matrix';

afterAll(removeFolders);

test.each(SERVERLESS_MATRIX.filter((one) => !isRefused(one)))(
  'drift is seen to the message: $input, each $frequency, by $path, variants: $variants',
  expectSeen,
);
