import * as fc from 'fast-check';
import { properties } from './properties';

/** Fixed, so that a run can be repeated; set SEED to look further, or `npm run fuzz`. */
const seed = Number(process.env.SEED ?? 20200602);
const CASES = 10_000;

test.each(properties)('$name', ({ input, check }) => {
  fc.assert(fc.property(input, check), { seed, numRuns: Math.ceil(CASES / properties.length) });
});
