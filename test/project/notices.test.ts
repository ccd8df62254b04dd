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
  expect(notices).toContain('Copyright (c) 2016 Guillaume Plique'); // of a package that another one brings
  expect(notices).toMatch(/^hyparquet \d/m);
});

test('whoever has the package can see of which commit it was made, and what is bundled with it', () => {
  const { publishConfig, files } = JSON.parse(readText('package.json'));
  expect(publishConfig).toEqual({ access: 'public', provenance: true });
  expect(files).toEqual(expect.arrayContaining(FILES));
  expect(JSON.parse(readText('sbom.cdx.json'))).toMatchObject({ bomFormat: 'CycloneDX' });
});
