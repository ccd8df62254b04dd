import { analyzeBias, type BiasColumn, type BiasInput } from '../../../lib/analysis/bias';
import { type BiasLevel, selectValues } from '../../../lib/analysis/bias/categories';
import type { BiasCell, ColumnKind } from '../../../lib/analysis/bias/column';
import { isContinuous } from '../../../lib/analysis/bias/data-type';
import { facetGroups } from '../../../lib/analysis/bias/groups';
import { differences, type Figure } from './closeness';
import { jsonLines } from './json-lines';
import { type BitCase, metricsOf, valuesOf } from './oracle';

interface ReportCase {
  readonly test: string;
  readonly stage: string;
  readonly columns: BiasColumn[];
  readonly input: Omit<BiasInput, 'columns' | 'facets'> & { readonly facet: BiasInput['facets'][number] };
  readonly expected: { value_or_threshold: string; metrics: Record<string, Figure> }[];
}

/** A column and what is named of it. */
interface ColumnCase {
  readonly test: string;
  readonly kind: ColumnKind;
  readonly values: BiasCell[];
  readonly levels: BiasLevel[];
}

const all = jsonLines<{ readonly of: string }>('bias/smclarify.ndjson');
const casesOf = <T>(of: string) => all.filter((each) => each.of === of) as unknown as T[];
const metrics = casesOf<BitCase>('metrics');
const reports = casesOf<ReportCase>('reports');
const texts = casesOf<ColumnCase & { readonly expected: string }>('texts');
const types = casesOf<ColumnCase & { readonly isContinuous: boolean }>('types');
const selections = casesOf<Omit<ColumnCase, 'kind'> & { readonly selected: string }>('selections');

test('has the cases of all kinds', () => {
  expect([metrics, reports, texts, types, selections].map((cases) => cases.length)).toEqual([51, 21, 9, 10, 10]);
});

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
