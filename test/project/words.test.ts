import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as api from '../../lib';
import { said } from '../../tools/messages/said';
import { filesBelow, readText } from './source-files';

// What messages and documentation advise has to be there: `npm run messages` prints the former, to be read in a row.

const TEXTS: readonly (readonly [place: string, text: string])[] = [
  ...said().flatMap(({ path, texts }) => texts.map((text) => [path, text] as const)),
  ...['README.md', ...filesBelow('docs').filter((file) => /^docs\/[^/]+\.md$/.test(file))].map(
    (file) => [file, readText(file)] as const,
  ),
];

/** What classes have that messages and documentation name, by their names. */
const CLASSES: { readonly [name: string]: unknown } = {
  ...cdk,
  ...ec2,
  ...ecr,
  ...lambda,
  ...logs,
  ...s3,
  ...sagemaker,
  ...api,
};
/** Of JavaScript itself. */
const BUILT_IN = ['Object', 'JSON', 'Math', 'Number', 'Date', 'Buffer'];

const named = (pattern: RegExp) =>
  TEXTS.flatMap(([place, text]) => Array.from(text.matchAll(pattern), (found) => ({ place, found })));

const has = (owner: string, member: string) => {
  const found = CLASSES[owner];
  if (typeof found === 'function') return member in found || member in found.prototype;
  return typeof found === 'object' && found !== null && member in found;
};

test('what messages and documentation tell people to call is there', () => {
  const calls = named(/\b(?<owner>[A-Z][A-Za-z]+)\.(?<member>[a-z][A-Za-z]+)(?=\()/g);
  expect(calls.length).toBeGreaterThan(150);
  const missing = calls.filter(({ found: { groups } }) => {
    const { owner = '', member = '' } = groups ?? {};
    return !BUILT_IN.includes(owner) && !has(owner, member);
  });
  expect(missing.map(({ place, found: [call] }) => `${place}: ${call}`)).toEqual([]);
});

test('values of enumerations that messages and documentation name are there', () => {
  const values = named(/\b(?<owner>[A-Z][a-z]+(?:[A-Z][a-z]+)*)\.(?<member>[A-Z][A-Z_]+)\b/g);
  expect(values.length).toBeGreaterThan(40);
  const missing = values.filter(({ found: { groups } }) => !has(groups?.owner ?? '', groups?.member ?? ''));
  expect(missing.map(({ place, found: [value] }) => `${place}: ${value}`)).toEqual([]);
});

test('options of the command line that a rehearsal tells people to give are there', () => {
  const options = (folder: string) =>
    said()
      .filter(({ path }) => path.startsWith(folder) && !path.includes('/report/'))
      .flatMap(({ texts }) => texts.flatMap((text) => text.match(/--[a-z][a-z-]+/g) ?? []));
  const known = new Set(options('lib/cli/'));
  expect(options('lib/rehearsal/').length).toBeGreaterThan(4);
  expect(options('lib/rehearsal/').filter((option) => !known.has(option))).toEqual([]);
});
