import { readText } from '../../test/project/source-files';
import { billOfMaterials } from './bill-of-materials';
import { bundledPackages } from './bundled-package';
import { noticesText } from './notices';

/** The files that say whose code is bundled, by name, as they have to be for the packages that are installed. */
export async function noticeFiles(): Promise<Readonly<Record<string, string>>> {
  const packages = await bundledPackages();
  const { name } = JSON.parse(readText('package.json'));
  return {
    'THIRD-PARTY-NOTICES': noticesText(packages),
    'sbom.cdx.json': billOfMaterials(name, packages),
  };
}
