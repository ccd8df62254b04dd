import { noticeFiles } from '../../tools/notices/notice-files';
import { readText } from './source-files';

const FILES = ['THIRD-PARTY-NOTICES', 'sbom.cdx.json'];

test('notices and bill of materials are those of the packages that are bundled (npm run notices -- --write)', async () => {
  const current = await noticeFiles();
  expect(Object.keys(current)).toEqual(FILES);
  for (const [file, text] of Object.entries(current)) expect(readText(file)).toBe(text);
});

test('what the bundled packages ask to be passed on is', () => {
  const notices = readText('THIRD-PARTY-NOTICES');
  expect(notices).toContain('This product includes software developed at\nThe Apache Software Foundation');
  expect(notices).toContain('Copyright 2010-2016 Mike Bostock'); // a part of echarts with a licence of its own
  expect(notices).toMatch(/^hyparquet \d/m);
});
