/**
 * Random numbers in [0, 1) that a seed determines: xoshiro128** on 32 bits, its state filled from the seed by splitmix32. The seed's lower 32
 * bits count.
 *
 * @see https://prng.di.unimi.it/xoshiro128starstar.c
 */
export function randomNumbers(seed: number): () => number {
  const next = splitMix(seed);
  const state = Uint32Array.of(next(), next(), next(), next());
  return () => {
    const result = Math.imul(rotate(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 11);
    return result / 2 ** 32;
  };
}

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));

function splitMix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
