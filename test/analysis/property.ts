import * as fc from 'fast-check';

/** Fixed, so that a run can be repeated; set SEED to look further. fast-check prints the seed with every failure. */
const seed = Number(process.env.SEED ?? 20200602);

export function holds<T extends unknown[]>(property: fc.IProperty<T>, numRuns = 200): void {
  fc.assert(property, { seed, numRuns });
}
