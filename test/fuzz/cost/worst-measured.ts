import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROFILE } from './bars';
import { FAMILIES } from './families';
import { type Measured, measuredInProcess } from './measured-process';
import { RULES, STEPS } from './window-cost';
import { WINDOWS } from './windows';
import { WORST } from './worst';

/** Measures the worst payloads that were found, and windows of requests that once ended functions; returns whether each costs as little as it may. */
export function isWorstBearable(): boolean {
  let isBearable = true;
  const judge = (measured: Measured, milliseconds: number) => {
    const isTooMuch = measured.milliseconds > milliseconds || measured.memory > PROFILE.memory;
    console.log(`${wordsOf(measured)}${isTooMuch ? ': TOO MUCH' : ''}`);
    isBearable &&= !isTooMuch;
  };
  for (const { name } of FAMILIES) {
    for (const genes of WORST[name]) judge(measuredInProcess({ family: name, genes }), PROFILE.milliseconds);
  }
  for (const measured of measuredWindows()) judge(measured, Number.POSITIVE_INFINITY);
  return isBearable;
}

/** Each function of each window, one after the other, as the second reads what the first has written. */
function* measuredWindows(): Generator<Measured> {
  for (const { name: window } of WINDOWS) {
    for (const rules of RULES) {
      const folder = mkdtempSync(join(tmpdir(), 'window-'));
      for (const step of STEPS) yield measuredInProcess({ window, rules, step, folder });
      rmSync(folder, { recursive: true });
    }
  }
}

const wordsOf = ({ what, milliseconds, memory }: Measured) =>
  `${what}; ${milliseconds.toFixed(0)} ms, ${memory.toFixed(0)} MiB of the process at most`;
