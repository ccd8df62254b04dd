import { Fn } from 'aws-cdk-lib';
import { ContentTemplate } from '../../lib/monitor/content-template';
import { PredictorRequest } from '../../lib/monitor/predictor-request';
import { RecordFormat, type RowPaths } from '../../lib/monitor/record-format';

const of = (name: string) => `"$\{${name}}"`;
const settingsOf = (template: ContentTemplate, paths?: RowPaths) =>
  JSON.parse(RecordFormat.contentTemplate(template, paths).toJson());
const instances = (record: string) => ContentTemplate.json('{"instances":$records}', record);

describe('requests are read as a template writes them', () => {
  const PATH = { keys: ['instances'], itemKeys: [] };
  test.each<[string, ContentTemplate, object]>([
    ['lists of features', instances('$features'), { path: PATH }],
    ['objects of features', instances('$features_kvp'), { path: PATH }],
    [
      'lists of features in objects',
      instances('{"features":$features,"names":$feature_names,"version":2,"tags":[]}'),
      { path: { keys: ['instances'], itemKeys: ['features'] } },
    ],
    ['a list of records', ContentTemplate.json('$records', '$features_kvp'), { path: { keys: [], itemKeys: [] } }],
    ['one record', ContentTemplate.json('$record', '$features_kvp'), { path: { keys: [] } }],
    [
      'one record below keys, with constants beside it',
      ContentTemplate.json('{"a":{"b":$record},"tags":[1,2],"id":0}', '{"c":$features}'),
      { path: { keys: ['a', 'b', 'c'] } },
    ],
    ['lines', ContentTemplate.jsonLines('{"features":$features}'), { path: { keys: ['features'] } }],
    [
      'features by name, wherever they stand',
      instances(`{"customer":{"years":${of('age')}},"balance":${of('balance')},"meta":{"v":2,"tag":null}}`),
      {
        path: PATH,
        columns: { 'customer.years': 'age', balance: 'balance', 'meta.v': null, 'meta.tag': null },
      },
    ],
    [
      'features by name in a list',
      instances(`{"values":[${of('age')}, ${of('balance')}],"version":2}`),
      { path: { keys: ['instances'], itemKeys: ['values'] }, names: ['age', 'balance'] },
    ],
    [
      'a feature whose name is a key of all objects',
      instances(`{"a":${of('__proto__')}}`),
      { path: PATH, columns: { a: '__proto__' } },
    ],
  ])('%s', (_, template, told) => {
    expect(settingsOf(template)).toEqual({ request: told });
  });

  test('with names for values without any, and the path of answers', () => {
    const paths = { requestNames: ['age', 'balance'], response: 'predictions[*]', responseNames: ['score'] };
    expect(settingsOf(instances('$features'), paths)).toEqual({
      request: { path: PATH, names: ['age', 'balance'] },
      response: { path: { keys: ['predictions'], itemKeys: [] }, names: ['score'] },
    });
  });

  test('with names for the values of lines', () => {
    const lines = ContentTemplate.jsonLines('{"features":$features}');
    expect(settingsOf(lines, { requestNames: ['age'] })).toEqual({
      request: { path: { keys: ['features'] }, names: ['age'] },
    });
  });

  test('and a model is asked by the same', () => {
    const template = instances('{"features":$features}');
    expect(PredictorRequest.contentTemplate(template)).toEqual(
      PredictorRequest.json('{"instances":$records}', '{"features":$features}'),
    );
    const lines = '{"features":$features}';
    expect(PredictorRequest.contentTemplate(ContentTemplate.jsonLines(lines))).toEqual(
      PredictorRequest.jsonLines(lines),
    );
  });
});

describe('a template fails', () => {
  const CODE = 'InvalidContentTemplate: ';
  test.each([
    '',
    '{"instances":[]}',
    '{"instances":"$records"}',
    '{"instances":$records',
    '{"instances":[$records]}',
    '{"a":$records,"b":$records}',
    '{"a":$records,"b":$record}',
    '{"a":$features}',
    `{"a":$records,"b":${of('c')}}`,
    '{"a":$records,"b":$feature_names}',
    '{$records:1}',
    `{"a":$records,"b":[${of('c')}]}`,
    Fn.ref('Template'),
  ])('whose request is %s', (template) => {
    expect(() => ContentTemplate.json(template, '$features')).toThrow(`${CODE}'template' is `);
  });

  test.each([
    '',
    '{}',
    '{"a":1}',
    '{"a":"$features"}',
    '[$features, 1]',
    '{"a":[$features]}',
    '{"a":$features,"b":$features}',
    `{"a":$features,"b":${of('c')}}`,
    `{"a":$features,"b":[${of('c')}]}`,
    `{"a":$features,"b":[${of('c')},1]}`,
    `{"a":"${Fn.ref('Template')}"}`,
    '{"a":$features,"b":$features_kvp}',
    '{"a":$features_kvp,"b":$features_kvp}',
    '$feature_names',
    '$records',
    `{"a":${of('c')},"b":${of('c')}}`,
    `{"a":${of('c')},"b":[1]}`,
    `{"a":${of('c')},"b":[${of('d')}]}`,
    `{"a":${of('c')},"b":$feature_names}`,
    `{"a":[${of('c')},1]}`,
    `{"a":[[${of('c')}]]}`,
    `{"a":[${of('c')},${of('c')}]}`,
    `{"a":[${of('c')}],"b":[${of('d')}]}`,
    `{${of('a')}:${of('b')}}`,
    Fn.ref('Template'),
  ])('whose record is %s', (record) => {
    expect(() => instances(record)).toThrow(`${CODE}'recordTemplate' is `);
  });

  test.each([
    '',
    '{"a":1}',
    '{"a":$features',
    '$features_kvp',
    `{"a":${of('b')}}`,
    '{"a":$records}',
    Fn.ref('Template'),
  ])('whose line is %s', (line) => {
    expect(() => ContentTemplate.jsonLines(line)).toThrow(`${CODE}'template' is `);
  });

  const REQUEST =
    'JSON with $records or $record once in the place of a value, known at synthesis (as {"instances":$records})';
  const RECORD = `JSON with one of: $features once, $features_kvp once, or ${of('name')} once for each feature, in the place of values, known at synthesis (beside ${of('name')} are no lists, and in a list of them is nothing else)`;
  const LINE = 'JSON with $features once in the place of a value, known at synthesis (as {"features":$features})';

  test.each<[string, () => ContentTemplate, string]>([
    ['of the request', () => ContentTemplate.json('1', '$features'), `'template' is "1", allowed is ${REQUEST}`],
    ['of the record', () => instances('1'), `'recordTemplate' is "1", allowed is ${RECORD}`],
    [
      'of both',
      () => ContentTemplate.json('1', '2'),
      `'template' is "1", allowed is ${REQUEST}; 'recordTemplate' is "2", allowed is ${RECORD}`,
    ],
    ['of a line', () => ContentTemplate.jsonLines('1'), `'template' is "1", allowed is ${LINE}`],
  ])('with all that is wrong %s, and nothing else', (_, make, words) => {
    expect(make).toThrow(`${CODE}${words} (https://`);
  });
});

describe('beside a template fail', () => {
  const CODE = 'InvalidRecordFormat: ';
  test.each<[string, RowPaths, ContentTemplate, string]>([
    ['a path of requests', { request: '[*]' }, instances('$features'), `'request' is "[*]", allowed is nothing beside`],
    [
      'names of features that have some',
      { requestNames: ['a'] },
      instances('$features_kvp'),
      `'requestNames' is ["a"]`,
    ],
    [
      'names of features that the template calls',
      { requestNames: ['a'] },
      instances(`[${of('c')}]`),
      `'requestNames' is ["a"]`,
    ],
    ['a name twice', { requestNames: ['a', 'a'] }, instances('$features'), `'requestNames' is ["a","a"]`],
    ['no path', { response: 'a[' }, instances('$features'), `'response' is "a["`],
    ['no name', { responseNames: [''] }, instances('$features'), `'responseNames' is [""]`],
  ])('%s', (_, paths, template, words) => {
    expect(() => RecordFormat.contentTemplate(template, paths)).toThrow(CODE + words);
  });
});
