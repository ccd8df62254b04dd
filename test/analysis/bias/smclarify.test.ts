import { analyzeBias, type BiasColumn, type BiasInput } from '../../../lib/analysis/bias';
import { type BiasLevel, selectValues } from '../../../lib/analysis/bias/categories';
import type { BiasCell, ColumnKind } from '../../../lib/analysis/bias/column';
import { isContinuous } from '../../../lib/analysis/bias/data-type';
import { facetGroups } from '../../../lib/analysis/bias/groups';
import oracle from '../../oracles/bias/smclarify.json';
import { differences, type Figure } from './closeness';
import { type BitCase, metricsOf, valuesOf } from './oracle';

interface ReportCase {
  readonly test: string;
  readonly stage: string;
  readonly columns: BiasColumn[];
  readonly input: Omit<BiasInput, 'columns' | 'facets'> & { readonly facet: BiasInput['facets'][number] };
  readonly expected: { value_or_threshold: string; metrics: Record<string, Figure> }[];
}

const { metrics, reports, texts, types, selections } = oracle as unknown as {
  readonly metrics: BitCase[];
  readonly reports: ReportCase[];
  readonly texts: { test: string; kind: ColumnKind; values: BiasCell[]; levels: BiasLevel[]; expected: string }[];
  readonly types: { test: string; kind: ColumnKind; values: BiasCell[]; levels: BiasLevel[]; isContinuous: boolean }[];
  readonly selections: { test: string; values: BiasCell[]; levels: BiasLevel[]; selected: string }[];
};

const title = <T extends { readonly test?: string }>(each: T, index: number) => ({
  ...each,
  title: `${index} ${each.test}`,
});

test.each(metrics.map(title))('agrees with the library: $title', (each) => {
  expect(differences(metricsOf(each), each.metrics, each.tolerance)).toEqual([]);
});

test.each(reports.map(title))('reports what the library reports: $title', ({ columns, input, expected, stage }) => {
  const { facet, ...rest } = input;
  const { analysis, problems } = analyzeBias({ ...rest, columns, facets: [facet] });
  const section = stage === 'pre' ? analysis.pre_training_bias_metrics : analysis.post_training_bias_metrics;
  expect(problems).toEqual([]);
  expect(section?.facets[facet.name].map((group) => group.value_or_threshold)).toEqual(
    expected.map((group) => group.value_or_threshold),
  );
  for (const [index, group] of expected.entries()) {
    expect(differences(valuesOf(section, index), group.metrics)).toEqual([]);
  }
});

test.each(texts.map(title))('names groups as the library does: $title', ({ kind, values, levels, expected }) => {
  expect(facetGroups({ name: 'x', kind, values }, levels)).toMatchObject({ value: [{ text: expected }] });
});

test.each(types.map(title))('types columns as the library does: $title', (each) => {
  expect(isContinuous({ name: 'x', ...each }, each.levels)).toBe(each.isContinuous);
});

test.each(selections.map(title))('converts values as the library does: $title', ({ values, levels, selected }) => {
  const rows = selectValues({ name: 'x', kind: 'category', values }, levels);
  expect(rows.map(Number).join('')).toBe(selected);
});
