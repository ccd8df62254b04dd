import { counted } from '../../lib/kind/counted';
import type { RehearsalResult, WindowResult } from '../../lib/rehearsal/result';

type Violation = WindowResult['outcome']['violations'][number];

/** One of the names of what goes wrong with a model that serves, and what finds it. */
interface Word {
  readonly word: string;
  readonly kind: WindowResult['outcome']['monitorKind'];
  readonly check: string;
  /** whether it is of the model's answers alone, or of anything else alone; of all where absent */
  readonly ofAnswers?: boolean;
  /** what has to be known where it is not found */
  readonly without?: string;
}

/** As docs/drift.md defines them. */
const WORDS: readonly Word[] = [
  { word: 'data drift', kind: 'DataQuality', check: 'baseline_drift_check', ofAnswers: false },
  { word: 'prediction drift', kind: 'DataQuality', check: 'baseline_drift_check', ofAnswers: true },
  { word: 'concept drift', kind: 'ModelQuality', check: 'concept_drift_check' },
  {
    word: 'model decay',
    kind: 'ModelQuality',
    check: 'model_decay_check',
    without: 'it takes a fall from window to window over ten of them',
  },
];

/**
 * Which of data drift, prediction drift, concept drift and model decay a rehearsal has found, one line each: in which windows, and the smallest and largest figures of what was seen and
 * of what was expected. Only what is confirmed counts. `answers` is the column of the model's answers.
 */
export function story({ windows }: RehearsalResult, answers: string): string[] {
  if (windows.length === 0) return WORDS.map(({ word }) => `${word.padEnd(18)}not looked for: no window was analysed`);
  return WORDS.map((word) => `${word.word.padEnd(18)}${told(word, windows, answers)}`);
}

function told({ kind, check, ofAnswers, without }: Word, windows: readonly WindowResult[], answers: string): string {
  const own = windows.map(({ outcome }) => outcome).filter(({ monitorKind }) => monitorKind === kind);
  if (own.length === 0) return 'not looked for: what came of the predictions is not known';
  const looked = own.filter(({ recordCount }) => recordCount > 0);
  const isMeant = ({ feature, ...one }: Violation) =>
    one.confirmed && one.check === check && (ofAnswers === undefined || ofAnswers === (feature === answers));
  const found = looked.filter(({ violations }) => violations.some(isMeant));
  if (found.length === 0) return `not found in ${counted(looked.length, 'window')}${without ? `: ${without}` : ''}`;
  const figures = found.flatMap(({ violations }) => violations.filter(isMeant));
  const from = found[0].windowStart.slice(11, 16);
  return `found in ${found.length} of ${counted(looked.length, 'window')}, from ${from} on: ${byFeature(figures)}`;
}

function byFeature(violations: readonly Violation[]): string {
  const features = [...new Set(violations.map(({ feature }) => feature))];
  return features
    .map((name) => {
      const own = violations.filter(({ feature }) => feature === name);
      return `${name} ${range(own.map(({ observed }) => observed))} (of ${range(own.map(({ expected }) => expected))})`;
    })
    .join(', ');
}

function range(figures: readonly Violation['observed'][]): string {
  const sorted = figures.map(Number).sort((a, b) => a - b);
  return [...new Set([sorted[0], sorted[sorted.length - 1]].map((figure) => figure.toFixed(2)))].join(' to ');
}
