import { conditionHolds, type Item, updated } from '../../lib/cloud/stand-in/dynamodb-expression';

const item: Item = { Id: { S: 'x' }, Until: { N: '9' }, On: { BOOL: true } };
const placeholders = {
  names: { '#u': 'Until' },
  values: { ':ten': { N: '10' }, ':nine': { N: '9' }, ':text': { S: 'x' }, ':yes': { BOOL: true } },
};

test.each<[string, boolean]>([
  ['attribute_exists(Id)', true],
  ['attribute_not_exists(Other)', true],
  ['attribute_not_exists(#u) OR #u < :ten', true],
  ['#u < :nine', false],
  ['#u <= :nine AND Id = :text', true],
  ['#u <> :nine OR NOT (Id = :text)', false],
  ['#u > :text', false],
  ['Other < :ten', false],
  ['On = :yes', true],
  ['Id = :text OR #u = :ten AND #u = :ten', true],
  ['(Id = :text OR #u = :ten) AND #u = :ten', false],
])('the condition %s is %s', (condition, holds) => {
  expect(conditionHolds(condition, item, placeholders)).toBe(holds);
});

test('numbers compare as numbers, not as texts', () => {
  expect(conditionHolds('#u < :ten', item, placeholders)).toBe(true);
});

test('an update sets and removes, and reads the item as it was before', () => {
  expect(updated('SET A = #u + :ten, #u = :ten, B = if_not_exists(C, :text) REMOVE On', item, placeholders)).toEqual({
    Id: { S: 'x' },
    Until: { N: '10' },
    A: { N: '19' },
    B: { S: 'x' },
  });
});

test.each([
  'begins_with(Id, :text)',
  '#u BETWEEN :nine AND :ten',
  '#other = :ten',
  '#u = :absent',
  '#u = ',
  '(Id = :text',
  'Id ? :text',
])('fails for the condition %s', (condition) => {
  expect(() => conditionHolds(condition, item, placeholders)).toThrow(/^Invalid expression/);
});

test.each(['ADD #u :ten', 'DELETE #u :ten', 'SET #u', 'SET A = Other', 'SET Id + :ten'])(
  'fails for the update %s',
  (update) => {
    expect(() => updated(update, item, placeholders)).toThrow(/^Invalid expression/);
  },
);
