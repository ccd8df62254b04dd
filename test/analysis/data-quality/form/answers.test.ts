import * as fc from 'fast-check';
import {
  checkWindow,
  decodeProfile,
  encodeProfile,
  mergeProfiles,
  type PartialProfile,
  type RecordTransformation,
  statistics,
  suggestConstraints,
  type WindowCheck,
} from '../../../../lib/analysis';
import { answerColumns } from '../../../../lib/analysis/data-quality/form/answers';
import { captured, profileOf } from '../../dataset';
import { holds } from '../../property';

const usual = (index: number) => [
  (0.01 * (index % 100)).toFixed(2),
  String(index % 3 === 0),
  String(20 + (index % 40)),
];
const NAMES = ['score', 'isSure', 'age'];
const baselineStatistics = statistics(
  profileOf([[NAMES, ...Array.from({ length: 300 }, (_, index) => usual(index))].map(String).join('\n')]),
);
const baselineConstraints = suggestConstraints(baselineStatistics);

type Row = (index: number) => readonly (string | null)[];
/** So many of 200 rows have another value in one column. */
const strays =
  (count: number, column: string, value: string | null): Row =>
  (index) =>
    usual(index).map((cell, at) => (index < count && NAMES[at] === column ? value : cell));

const csvLines = (row: Row, answers: number) =>
  Array.from({ length: 200 }, (_, index) => {
    const cells = row(index).map((cell) => cell ?? '');
    const side = (part: string[]) => (part.length > 0 ? part.join(',') : undefined);
    return captured({ output: side(cells.slice(0, answers)), input: side(cells.slice(answers)) });
  });
const jsonLines = (row: Row, answers: number) =>
  Array.from({ length: 200 }, (_, index) => {
    const fields = row(index).map((cell, at): [string, string | null] => [NAMES[at], cell]);
    const side = (part: typeof fields) => JSON.stringify(Object.fromEntries(part));
    return captured({ output: side(fields.slice(0, answers)), input: side(fields.slice(answers)), encoding: 'JSON' });
  });

const captureOf = (lines: readonly string[], transformations?: RecordTransformation[]) =>
  profileOf([lines.join('\n')], { kind: 'capture', transformations });
const findings = (profile: PartialProfile, rest: Partial<WindowCheck> = {}) =>
  checkWindow({ profile, baselineStatistics, baselineConstraints, drift: { method: 'MassShift' }, ...rest }).findings;
const found = (...args: Parameters<typeof findings>) =>
  findings(...args).map(({ entry, pValue }) => `${entry.feature_name} ${entry.constraint_check_type} ${pValue}`);

const WRITERS = { CSV: csvLines, JSON: jsonLines };

describe.each(['CSV', 'JSON'] as const)('answers in %s', (format) => {
  const lines = WRITERS[format];

  test.each([
    ['score', 'error', 'score data_type_check 0'],
    ['isSure', 'error', 'isSure categorical_values_check 0'],
  ])('of which more than 1 %% are no %s are an incident at once', (column, value, violation) => {
    expect(found(captureOf(lines(strays(3, column, value), 2)))).toEqual([violation]);
    expect(found(captureOf(lines(strays(2, column, value), 2)))).toEqual([]);
  });

  test('that never lacked may lack in 1 % of the records', () => {
    expect(found(captureOf(lines(strays(3, 'isSure', null), 2)))).toEqual(['isSure completeness_check 0']);
    expect(found(captureOf(lines(strays(2, 'isSure', null), 2)))).toEqual([]);
  });

  test('that lacked in the baseline may lack as chance has it', () => {
    const features = baselineStatistics.features.map((feature) => {
      const { string_statistics: text } = feature;
      return text
        ? { ...feature, string_statistics: { ...text, common: { num_present: 297, num_missing: 3 } } }
        : feature;
    });
    const constraints = baselineConstraints.features.map((feature) =>
      feature.name === 'isSure' ? { ...feature, completeness: 0.99 } : feature,
    );
    const lacked = {
      baselineStatistics: { ...baselineStatistics, features },
      baselineConstraints: { ...baselineConstraints, features: constraints },
    };
    expect(found(captureOf(lines(strays(5, 'isSure', null), 2)), lacked)).toEqual([]);
  });

  test.each(['score', 'isSure'])('are answers alone: as few strays in %s of a request are chance', (column) => {
    expect(found(captureOf(lines(strays(3, column, 'error'), 0)))).toEqual([]);
  });

  test('are told of parts as of the whole', () => {
    const all = lines(strays(4, 'score', 'error'), 1);
    const parts = [all.slice(0, 90), all.slice(90)].map((part) => decodeProfile(encodeProfile(captureOf(part))));
    expect(found(mergeProfiles(parts))).toEqual(['score data_type_check 0']);
  });
});

test('a share that somebody declared holds to the value', () => {
  const features = baselineConstraints.features.map((feature) => ({
    ...feature,
    monitoringConfigOverrides: { datatype_check_threshold: 0.9 },
  }));
  const declared = { baselineConstraints: { ...baselineConstraints, features } };
  expect(found(captureOf(csvLines(strays(20, 'score', 'error'), 1)), declared)).toEqual([]);
});

test('categories that a model may answer are as many as chance has it', () => {
  const text = (index: number) => [['red', 'green', 'blue'][index % 3], String(index % 40)];
  const dataset = [['colour', 'age'], ...Array.from({ length: 300 }, (_, index) => text(index))];
  const colours = statistics(profileOf([dataset.map(String).join('\n')]));
  const lines = Array.from({ length: 200 }, (_, index) => {
    const [colour, age] = text(index);
    return captured({ output: index < 3 ? 'violet' : colour, input: age });
  });
  const baseline = { baselineStatistics: colours, baselineConstraints: suggestConstraints(colours) };
  expect(found(captureOf(lines), baseline)).toEqual([]);
});

describe('what a transform job wrote', () => {
  const line = (captureData: object) => JSON.stringify({ captureData, eventMetadata: {} });
  const side = (data: string) => ({ data, encoding: 'CSV' });
  const rows = Array.from({ length: 200 }, (_, index) => strays(3, 'score', 'error')(index));

  test('may hold its input, and then is no answer', () => {
    const lines = rows.map((cells) => line({ batchTransformOutput: side(cells.join(',')) }));
    expect(found(captureOf(lines))).toEqual([]);
  });

  test('is an answer beside an input', () => {
    const lines = rows.map(([score, ...rest]) =>
      line({ endpointInput: side(rest.join(',')), batchTransformOutput: side(String(score)) }),
    );
    expect(found(captureOf(lines))).toEqual(['score data_type_check 0']);
  });
});

test('rows whose answers have several widths have the answers that all of them have', () => {
  const lines = csvLines(strays(3, 'isSure', 'error'), 2);
  expect(found(captureOf(lines))).toEqual(['isSure categorical_values_check 0']);
  expect(found(captureOf([...lines.slice(1), ...csvLines(usual, 1).slice(0, 1)]))).toEqual([]);
});

describe('transformations', () => {
  const named = (output: object, transformations: RecordTransformation[]) => {
    const lines = [captured({ output: JSON.stringify(output), input: '{"age":1}', encoding: 'JSON' })];
    const [table] = captureOf(lines, transformations).tables.values();
    return [...answerColumns(table, table.names, transformations)];
  };

  test.each<[string, object, RecordTransformation[], string[]]>([
    ['none', { a: 1, b: 2 }, [], ['a', 'b']],
    ['rename', { a: 1, b: 2 }, [{ rename: { a: 'score', age: 'years' } }], ['score', 'b']],
    ['drop', { a: 1, b: 2 }, [{ drop: ['a', 'age'] }], ['b']],
    ['cast', { a: 1 }, [{ cast: 'a', to: 'Integral' }], ['a']],
    ['unwrap', { out: { a: 1 }, outer: 2 }, [{ unwrap: 'out' }], ['a', 'outer']],
    ['parseCsv', { line: '1,2', b: 3 }, [{ parseCsv: 'line', names: ['x', 'y'] }], ['x', 'y', 'b']],
    ['parseJson', { text: '{"x":1}', b: 3 }, [{ parseJson: 'text' }], ['b']],
    ['spread', { list: [1, 2], b: 3 }, [{ spread: 'list', length: 2 }], ['list.0', 'list.1', 'b']],
    ['one after the other', { out: { a: 1 } }, [{ unwrap: 'out' }, { rename: { a: 'b' } }, { drop: ['a'] }], ['b']],
  ])('%s', (_, output, transformations, names) => {
    expect(named(output, transformations)).toEqual(names);
  });

  test('columns of CSV are called by their index: those that are dropped move the others', () => {
    const drop: RecordTransformation[] = [{ drop: ['0', '3', '4'] }, { cast: '0', to: 'Fractional' }];
    const lines = [captured({ output: 'id,0.5,0.7', input: '1,2,3' })];
    const [table] = captureOf(lines, drop).tables.values();
    expect([...answerColumns(table, ['score', 'other', 'age'], drop)]).toEqual(['score', 'other']);
  });
});

test('how records are read makes no difference to which columns are answers', () => {
  const width = fc.integer({ min: 0, max: 3 });
  holds(
    fc.property(fc.array(width, { minLength: 1, maxLength: 8 }), (widths) => {
      const lines = widths.map((answers, index) => csvLines(usual, answers)[index]);
      const [bytes] = captureOf(lines).tables.values();
      const [texts] = captureOf(lines, [{ cast: '0', to: 'Fractional' }]).tables.values();
      expect([bytes.answers, texts.answers]).toEqual([Math.min(...widths), Math.min(...widths)]);
    }),
    100,
  );
});
