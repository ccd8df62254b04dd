import { docExamples } from '../../../tools/snippets/doc-examples';

const FIXTURE = "import { Stack } from 'aws-cdk-lib';\nclass Example {\n  /// here\n}";
const page = (...lines: string[]) => ['# Page', '```ts', ...lines, '```', 'Words.'].join('\n');

test('an example that begins with an import stands in a stack, and what only the top of a file may have above it', () => {
  const text = page(
    "import * as s3 from 'aws-cdk-lib/aws-s3';",
    'declare const data: s3.IBucket;',
    'read(data, "$&");',
  );
  expect(docExamples('docs/page.md', text, FIXTURE)).toEqual([
    {
      place: 'docs/page.md:3',
      source: [
        "import * as s3 from 'aws-cdk-lib/aws-s3';",
        'declare const data: s3.IBucket;',
        "import { Stack } from 'aws-cdk-lib';",
        'class Example {',
        '  \n\nread(data, "$&");\n',
        '}',
      ].join('\n'),
    },
  ]);
});

test('one that exports something is a file', () => {
  const lines = ["import { Aspects } from 'aws-cdk-lib';", 'export const all = Aspects;'];
  expect(docExamples('docs/page.md', page(...lines), FIXTURE)[0].source).toBe(`${lines.join('\n')}\n`);
});

test('one without an import is a part of one, and each of a page is found', () => {
  expect(docExamples('docs/page.md', page('monitoring.add();'), FIXTURE)).toEqual([]);
  const twice = `${page("import 'a';")}\n${page("import 'b';")}`;
  expect(docExamples('docs/page.md', twice, FIXTURE).map(({ place }) => place)).toEqual([
    'docs/page.md:3',
    'docs/page.md:8',
  ]);
});
