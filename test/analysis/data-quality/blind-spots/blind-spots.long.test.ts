import { casesOf, testCategories, testLocation, testNumbers } from './shifts';

const cases = casesOf(
  [300, 1500, 6000].flatMap((rows) => [5, 30, 100, 1000, 5000].map((windowSize) => [rows, windowSize] as const)),
);
testNumbers(cases);
testLocation(1000);
testCategories(cases, 100);
