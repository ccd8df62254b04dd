import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { FAMILIES, type Family, type Genes } from './families';
import { costOf } from './measure';
import { runStep, type WindowStep } from './window-cost';

/** What a process is to measure: what *profile* makes of a payload, or a function's share of a window. */
export type Measurable = { readonly family: Family['name']; readonly genes: Genes } | WindowStep;

/** What a process of its own needed, all that it loaded included. */
export interface Measured {
  /** what was measured, in words */
  readonly what: string;
  /** of the processor */
  readonly milliseconds: number;
  /** MiB, at most */
  readonly memory: number;
}

/** Measures something in a process of its own, as a function runs. */
export function measuredInProcess(measurable: Measurable): Measured {
  const args = [...process.execArgv, join(__dirname, 'main.ts'), '--measure', JSON.stringify(measurable)];
  return JSON.parse(execFileSync(process.execPath, ['--max-semi-space-size=4', ...args], { encoding: 'utf8' }));
}

/** What such a process does. */
export async function measured(measurable: Measurable): Promise<Measured> {
  const before = process.cpuUsage();
  const what = await done(measurable);
  const { user, system } = process.cpuUsage(before);
  return { what, milliseconds: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024 };
}

async function done(measurable: Measurable): Promise<string> {
  if ('window' in measurable) {
    const { window, rules, step } = measurable;
    return `${step} of a window of ${window}, ${rules}: ${await runStep(measurable)}`;
  }
  const { family: name, genes } = measurable;
  const { bytes } = await costOf(FAMILIES.find((family) => family.name === name) as Family, genes, true);
  return `profile of ${name} of ${bytes} bytes, ${JSON.stringify(genes)}`;
}
