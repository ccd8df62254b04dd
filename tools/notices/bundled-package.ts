import * as fs from 'node:fs';
import * as path from 'node:path';
import { bundleAll } from '../../test/project/bundles';
import { ROOT, readText } from '../../test/project/source-files';

/** A package of somebody else of which bundles hold code. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** as SPDX names it */
  readonly license: string;
  /** SHA-512 of what was installed, in base64 */
  readonly sha512: string;
  /** bundles with code of it, by name */
  readonly bundles: readonly string[];
  /** texts of its licence, and of parts of it that have another, by file; none where the package brings none */
  readonly licenseTexts: Readonly<Record<string, string>>;
  /** what it asks to be passed on beside its licence */
  readonly notice?: string;
}

/** The packages whose code is in a bundle, by name and version; a package of which nothing was taken over is none. */
export async function bundledPackages(): Promise<BundledPackage[]> {
  const bundlesByFolder = new Map<string, Set<string>>();
  for (const [bundle, { bytesBySource }] of await bundleAll()) {
    for (const [source, bytes] of Object.entries(bytesBySource)) {
      const folder = packageFolder(source);
      if (folder === undefined || bytes === 0) continue;
      bundlesByFolder.set(folder, (bundlesByFolder.get(folder) ?? new Set()).add(bundle));
    }
  }
  const locked = lockedPackages();
  const packages = [...bundlesByFolder].map(([folder, bundles]) => packageIn(folder, [...bundles].sort(), locked));
  return merged(packages).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The folder of the package of a bundled file; undefined for our own. */
function packageFolder(source: string): string | undefined {
  return source.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1];
}

type LockedPackages = Readonly<Record<string, { readonly integrity?: string }>>;

function lockedPackages(): LockedPackages {
  return JSON.parse(readText('package-lock.json')).packages;
}

function packageIn(folder: string, bundles: readonly string[], locked: LockedPackages): BundledPackage {
  const { name, version, license } = JSON.parse(readText(`${folder}/package.json`));
  const sha512 = locked[folder]?.integrity?.match(/^sha512-(\S+)$/)?.[1];
  if (typeof license !== 'string' || sha512 === undefined) {
    throw new Error(`${folder} has no 'license' in its package.json, or no SHA-512 in package-lock.json`);
  }
  const files = fs.readdirSync(path.join(ROOT, folder));
  const notice = files.find((file) => /^notice/i.test(file));
  return {
    name,
    version,
    license,
    sha512,
    bundles,
    licenseTexts: licenseTexts(folder, files),
    notice: notice && readText(`${folder}/${notice}`),
  };
}

/** The files of a package that are licences, those in a folder of licences included. */
function licenseTexts(folder: string, files: readonly string[]): Record<string, string> {
  const found = files
    .filter((file) => /^(licen[cs]e|copying)/i.test(file))
    .flatMap((file) =>
      fs.statSync(path.join(ROOT, folder, file)).isDirectory()
        ? fs.readdirSync(path.join(ROOT, folder, file)).map((below) => `${file}/${below}`)
        : [file],
    );
  return Object.fromEntries(found.map((file) => [file, readText(`${folder}/${file}`)]));
}

const keyOf = ({ name, version }: BundledPackage) => `${name}@${version}`;

/** The same version that was installed twice is one package. */
function merged(packages: readonly BundledPackage[]): BundledPackage[] {
  const byKey = new Map<string, BundledPackage>();
  for (const one of packages) {
    const bundles = [...new Set([...(byKey.get(keyOf(one))?.bundles ?? []), ...one.bundles])].sort();
    byKey.set(keyOf(one), { ...one, bundles });
  }
  return [...byKey.values()];
}
