import { gathered, pairChanges, propChanges, updatesOf } from './prop-changes/checks';
import { KNOWN, NOT_TRIED, SYNTHESIS_ONLY } from './prop-changes/known';
import { PAIRS } from './prop-changes/pairs';
import { NOT_SET_IN_APPS, publicProps, publicStructNames } from './prop-changes/public-props';
import { MODEL_MONITOR, SHAPES } from './prop-changes/shapes';

const NAMES = Object.entries(SHAPES).flatMap(([shape, { recipes }]) =>
  Object.keys(recipes).map((prop) => `${shape}: ${prop}`),
);
const RECIPES = [...new Set(NAMES.map((name) => name.split(': ')[1]))].sort();

const isNotTried = (prop: string) => NOT_TRIED.some((name) => name === prop || name === prop.split('.')[0]);

describe('every prop of the public API', () => {
  test('has a recipe for its change, but for those of an explicit list, and every recipe a prop', () => {
    expect(RECIPES.length).toBeGreaterThan(80);
    expect(RECIPES).toEqual(publicProps().filter((prop) => !isNotTried(prop)));
  });

  test('is set in apps, but for those of structs that exist', () => {
    expect(publicStructNames()).toEqual(expect.arrayContaining(NOT_SET_IN_APPS));
  });

  test('that is on a list exists', () => {
    expect([...publicStructNames(), ...publicProps()]).toEqual(expect.arrayContaining([...NOT_TRIED]));
    const named = [...Object.keys(KNOWN), ...Object.keys(SYNTHESIS_ONLY)];
    expect([...NAMES, ...Object.keys(PAIRS)]).toEqual(expect.arrayContaining(named));
  });
});

test.each(Object.keys(SHAPES).filter((shape) => shape !== MODEL_MONITOR))(
  'a deployed stack (%s) gets each change, rolls it back, loses it, and is deleted',
  async (shape) => {
    expect(await gathered(propChanges(shape))).toEqual({ faults: [], count: updatesOf(SHAPES[shape]).size + 1 });
  },
  600_000,
);

test('a deployed stack goes from every frequency, baseline and engine to every other', async () => {
  expect(await gathered(pairChanges())).toEqual({ faults: [], count: Object.keys(PAIRS).length });
}, 600_000);
