import { counted } from '../kind/counted';
import type { ComparedVariants, FigureInterval } from '../outcome/comparison/contract';
import { type KeptTest, METRIC_WORDS, OUTCOME_WORDS, type TestedMetric } from '../outcome/tested/contract';
import { plain } from './plain-text';

/** A test of two variants, and of which. */
export interface TestedPair extends Pick<ComparedVariants, 'reference' | 'candidate'> {
  readonly kept: Pick<KeptTest, 'outcome' | 'windows' | 'until'> & { readonly metrics: readonly TestedMetric[] };
}

/** What a message says of a test: "green is worse than blue, after 12 windows until 2026-03-04T09:00:00.000Z: accuracy -0.02 (-0.03 to -0.01)". */
export function testSentence({ reference, candidate, kept }: TestedPair): string {
  const { outcome, windows, until, metrics } = kept;
  const said = `${plain(candidate)} is ${OUTCOME_WORDS[outcome ?? 'Undecided']} ${plain(reference)}`;
  return `${said}${outcome ? '' : ' yet'}, after ${counted(windows, 'window')} until ${until}: ${metrics.map(metricWords).join('; ')}`;
}

function metricWords({ metric, difference }: TestedMetric): string {
  const name = plain(metric);
  return difference ? `${name} ${interval(difference)}${METRIC_WORDS[metric]?.unit ?? ''}` : `${name} not known yet`;
}

/** A difference, and between what it is. */
export const interval = ({ value, low, high }: FigureInterval): string =>
  `${value > 0 ? '+' : ''}${short(value)} (${short(low)} to ${short(high)})`;

/** A figure as people read it. */
export const short = (figure: number): string => String(Number(figure.toPrecision(3)));
