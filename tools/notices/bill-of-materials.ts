import type { BundledPackage } from './bundled-package';

/**
 * What bundles hold code of, as a software bill of materials in the JSON of CycloneDX, by which scanners know it. Without a serial number and a time: the same
 * packages make the same file.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials(name: string, packages: readonly BundledPackage[]): string {
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'library', name, 'bom-ref': name } },
    components: packages.map(component),
    dependencies: [{ ref: name, dependsOn: packages.map(packageUrl) }],
  };
  return `${JSON.stringify(bill, undefined, 2)}\n`;
}

function component(one: BundledPackage) {
  const [group, name] = one.name.startsWith('@') ? one.name.split('/') : [undefined, one.name];
  return {
    type: 'library',
    'bom-ref': packageUrl(one),
    group,
    name,
    version: one.version,
    purl: packageUrl(one),
    licenses: [{ license: { id: one.license } }],
    hashes: [{ alg: 'SHA-512', content: Buffer.from(one.sha512, 'base64').toString('hex') }],
    properties: [{ name: 'cdk-sagemaker-monitoring:bundles', value: one.bundles.join(' ') }],
  };
}

/** @see https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md */
function packageUrl({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}
