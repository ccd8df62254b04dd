import { type Intercepted, interceptCalls } from './intercepted';
import { type Tried, wordsOf } from './trial';

/** The first seed of drawn trials: 1, unless the environment says another. */
export const FIRST_SEED = Number(process.env.SEED ?? 1);

/** Lets the calls of handlers wait for the whole of a suite, and their logs be silent. */
export function interceptedSuite(): Intercepted {
  const logged = jest.spyOn(console, 'log').mockImplementation();
  const calls = interceptCalls();
  afterAll(() => {
    calls.restore();
    logged.mockRestore();
  });
  return calls;
}

/** Expects of so many drawn trials that all holds; a seed that fails is printed with its steps. */
export async function expectHeld(count: number, trial: (seed: number) => Promise<Tried>): Promise<void> {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
    expectAll(`seed ${seed}`, await trial(seed));
  }
}

/** What does not hold in so many drawn trials, without the figures in it. */
export async function foundOut(count: number, trial: (seed: number) => Promise<Tried>): Promise<string[]> {
  const found = new Set<string>();
  for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
    for (const words of (await trial(seed)).broken) found.add(words.replace(/ \d+/, ''));
  }
  return [...found].sort();
}

/** Throws for a trial in which something does not hold. */
export function expectAll(name: string, tried: Tried): void {
  const words = wordsOf(name, tried);
  if (words !== '') throw new Error(words);
}
