import { MAX_CLASSES } from './confusion';
import type { Outcome } from './problem';

/** One label more than are counted: with it there are too many, whatever the others are. */
const MAX_CODES = MAX_CLASSES + 1;

/**
 * Labels as numbers, each text once, in memory bounded by {@link MAX_CLASSES}. The values of a regression are numbers already, and stay what they are.
 */
export class OutcomeCodes {
  private readonly codes = new Map<string, number>();

  constructor(readonly texts: string[] = []) {
    for (const [code, text] of texts.entries()) this.codes.set(text, code);
  }

  /** The number of a label; that of the last one for what there is no room for. */
  code(outcome: Outcome): number {
    if (typeof outcome === 'number') return outcome;
    const known = this.codes.get(outcome);
    if (known !== undefined) return known;
    if (this.texts.length === MAX_CODES) return MAX_CODES - 1;
    this.codes.set(outcome, this.texts.length);
    return this.texts.push(outcome) - 1;
  }

  /** What has this number; without labels the number itself. */
  outcome(code: number): Outcome {
    return this.texts.length === 0 ? code : this.texts[code];
  }
}
