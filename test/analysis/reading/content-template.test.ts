import * as fc from 'fast-check';
import { type ProfileInput, statistics, unreadable } from '../../../lib/analysis';
import { requestBody } from '../../../lib/analysis/attribution/model-requests';
import { ContentTemplate } from '../../../lib/monitor/content-template';
import { RecordFormat } from '../../../lib/monitor/record-format';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

// What a template writes is what is read by it.

const of = (name: string) => `"$\{${name}}"`;
const NAMES = ['age', 'credit score', 'score', 'ü.x'];
type Row = readonly (string | number | null)[];

/** Templates of all forms, and whether names of features have to be said beside. */
const FORMS: readonly (readonly [template: ContentTemplate, isUnnamed: boolean])[] = [
  [ContentTemplate.json('{"instances":$records}', '$features'), true],
  [ContentTemplate.json('{"a":{"b":$records},"id":7}', '{"values":$features,"names":$feature_names}'), true],
  [ContentTemplate.json('$record', '{"features":$features}'), true],
  [ContentTemplate.json('$records', '$features_kvp'), false],
  [ContentTemplate.json('{"in":$record,"mode":[1,2]}', '$features_kvp'), false],
  [ContentTemplate.json('{"instances":$records}', `[${NAMES.map(of).join(',')}]`), false],
  [
    ContentTemplate.json(
      '{"instances":$records}',
      `{"person":{"years":${of('age')},"v":2},"x":${of('ü.x')},"age":${of('score')},"s":{"t":${of('credit score')}},"kind":"a"}`,
    ),
    false,
  ],
  [ContentTemplate.jsonLines('{"features":$features}'), true],
];

const value = fc.oneof(
  fc.integer({ min: -99, max: 99 }),
  fc.constantFrom('a', 'b, "c"', '12.50', 'true', null, '$features', of('age')),
);
const rows: fc.Arbitrary<Row[]> = fc.array(fc.tuple(value, value, value, value), { minLength: 1, maxLength: 5 });

/** Rows in bodies of a template, one body for all where it takes them. */
function bodies({ contentType, template, recordTemplate }: ContentTemplate, found: readonly Row[]): string[] {
  const form = { contentType, template, recordTemplate };
  const groups = template.includes('$record') && !template.includes('$records') ? found.map((row) => [row]) : [found];
  return groups.map((group) => requestBody(group, form, NAMES));
}

const read = (inputs: readonly string[], recordFormat?: ProfileInput['recordFormat']) =>
  profileOf([inputs.map((input) => captured({ input, encoding: 'JSON' })).join('\n')], {
    kind: 'capture',
    recordFormat,
  });

const KVP = ContentTemplate.json('$record', '$features_kvp');

test('rows in a request of any template are read as flat objects of their features are', () => {
  holds(
    fc.property(fc.constantFrom(...FORMS), rows, ([template, isUnnamed], found) => {
      const format = RecordFormat.contentTemplate(template, isUnnamed ? { requestNames: NAMES } : {});
      const seen = read(bodies(template, found), JSON.parse(format.toJson()));
      expect(unreadable(seen)).toMatchObject({ recordCount: found.length, unreadableCount: 0 });
      const columns = (profile: typeof seen) =>
        [...statistics(profile).features].sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(columns(seen)).toEqual(columns(read(bodies(KVP, found))));
    }),
    300,
  );
});

const ONE = ContentTemplate.json('$record', `{"years":${of('age')},"meta":{"v":1}}`);
const FORMAT: ProfileInput['recordFormat'] = JSON.parse(RecordFormat.contentTemplate(ONE).toJson());
const namesOf = (input: string) => statistics(read([input], FORMAT)).features.map(({ name }) => name);

test('what a request has and its template has not keeps its name, what the template has for no feature is no column', () => {
  expect(namesOf('{"years":3,"meta":{"v":9,"w":1},"debug":true}')).toEqual(['age', 'meta.w', 'debug']);
  expect(namesOf('{"meta":{"v":9},"debug":true}')).toEqual(['debug']);
});

test('a request that has the name of a feature elsewhere is a misfit', () => {
  expect(unreadable(read(['{"years":3,"age":4}', '{"years":5}'], FORMAT))).toMatchObject({
    recordCount: 1,
    byReason: { 'name-taken': 1 },
  });
});
