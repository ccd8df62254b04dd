import type { VariantSettings } from '../../../lib/engine/serverless/contract';
import { type FolderUse, reportedVariants, useOf, variantOf } from '../../../lib/engine/serverless/variant-folders';

test.each([
  ['data/churn/blue/', 'blue'],
  ['churn/blue/', 'blue'],
  ['', ''],
])('the folder %j is that of %j', (folder, variant) => {
  expect(variantOf(folder)).toBe(variant);
});

test.each<[string, VariantSettings | undefined, FolderUse]>([
  ['blue', undefined, 'read'],
  ['blue', { read: ['blue'] }, 'read'],
  ['blue', { read: ['blue'], others: ['green'] }, 'read'],
  ['green', { read: ['blue'], others: ['green'] }, 'leftOut'],
  ['green', { read: ['blue'] }, 'leftOut'],
  ['green', { read: ['blue'], others: [] }, 'unknown'],
  ['gree', { read: ['blue'], others: ['green'] }, 'unknown'],
])('of %s, where %j, records are %s', (variant, settings, use) => {
  expect(useOf(variant, settings)).toBe(use);
});

test('a report names what was read and what was left out, the first 20 each', () => {
  const many = Array.from({ length: 21 }, (_, index) => ({ variant: `v${index}`, use: 'read' as const }));
  const used = [...many, { variant: 'shadow', use: 'leftOut' as const }, { variant: 'stray', use: 'unknown' as const }];
  const names = many.slice(0, 20).map(({ variant }) => variant);
  expect(reportedVariants(used)).toEqual({ read: names, leftOut: ['shadow'] });
});

test.each([[[]], [[{ variant: 'stray', use: 'unknown' as const }]]])('of %j it says nothing', (used) => {
  expect(reportedVariants(used)).toBeUndefined();
});

test('of one that was left out, it says so', () => {
  const both = [
    { variant: 'blue', use: 'read' as const },
    { variant: 'shadow', use: 'leftOut' as const },
  ];
  expect(reportedVariants(both)).toEqual({ read: ['blue'], leftOut: ['shadow'] });
  expect(reportedVariants([{ variant: 'shadow', use: 'leftOut' }])).toEqual({ read: [], leftOut: ['shadow'] });
});
