import { type BiasAnalysis, type BiasSettings, biasAnalysis } from '../../../lib/analysis';
import { differences, type Figures } from './differences';
import { casesOf } from './python';
import { captured, filesOf, truth } from './window';

type Column = 'facet' | 'group' | 'label' | 'predicted';

interface BiasCase {
  readonly name: string;
  readonly rows: { readonly [column in Column]: readonly number[] };
  readonly expected: Figures;
}

const SETTINGS: BiasSettings = {
  question: {
    facets: [{ name: 'facet', by: { values: [1] } }],
    label: 'label',
    positive: { values: [1] },
    group: 'group',
  },
  captured: { headers: ['facet', 'group'], predicted: { column: 0 } },
};

/** What metrics of bias are otherwise than smclarify's, a line each, and of how many cases. */
export async function biasAgainstSmclarify(python: string, seed: number) {
  const cases = casesOf<BiasCase>(python, 'bias.py', seed);
  const found = await Promise.all(cases.map(differencesOf));
  return { of: 'bias and smclarify', cases: cases.length, differences: found.flat() };
}

async function differencesOf({ name, rows, expected }: BiasCase): Promise<string[]> {
  const { facet, group, label, predicted } = rows;
  const files = await filesOf(biasAnalysis(SETTINGS), {
    records: facet.map((value, id) => captured(id, `${value},${group[id]}`, String(predicted[id]))),
    labels: label.map((value, id) => truth(id, String(value))),
  });
  return differences(name, metricsOf(files['analysis.json'] as BiasAnalysis), expected);
}

/** The metrics of either stage. */
function metricsOf({ pre_training_bias_metrics: pre, post_training_bias_metrics: post }: BiasAnalysis): Figures {
  const metrics = [pre, post].flatMap((stage) => stage?.facets.facet[0].metrics ?? []);
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}
