import type { BundledPackage } from './bundled-package';

/** Licences whose code may be bundled: none asks for more than that its text and notices are passed on. */
const ALLOWED: readonly string[] = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/**
 * The text of `THIRD-PARTY-NOTICES`: each package with its notice and its licence; the same text of several stands once, with all of them.
 *
 * Throws for a licence that may not be bundled, and for one of which no package brings the text.
 */
export function noticesText(packages: readonly BundledPackage[]): string {
  for (const { name, license } of packages) {
    if (!ALLOWED.includes(license)) throw new Error(`the licence of ${name} is ${license}, not ${ALLOWED.join(', ')}`);
  }
  const packagesByText = new Map<string, string[]>();
  for (const one of packages) {
    for (const [file, text] of Object.entries(textsOf(one, packages))) {
      const clean = tidy(text);
      packagesByText.set(clean, [...(packagesByText.get(clean) ?? []), `${titleOf(one)}: ${file}`]);
    }
  }
  const notices = packages.flatMap((one) => (one.notice ? [section([`${titleOf(one)}: notice`], one.notice)] : []));
  const licenses = [...packagesByText].map(([text, titles]) => section(titles, text));
  return [HEAD, ...notices, ...licenses].join('\n');
}

const HEAD = `The bundles of this package, below assets/, hold code of the packages that are named here. Their notices come first, then their licences.
Those that the AWS CDK brings are not bundled.
`;

const RULE = '='.repeat(100);

const titleOf = ({ name, version }: BundledPackage) => `${name} ${version}`;

function section(titles: readonly string[], text: string): string {
  return `${RULE}\n${titles.join('\n')}\n${RULE}\n\n${tidy(text)}\n`;
}

/** What a package brings; where that is nothing, the text that another brings of the same licence, as it names no holder of rights of its own. */
function textsOf(one: BundledPackage, packages: readonly BundledPackage[]): BundledPackage['licenseTexts'] {
  if (Object.keys(one.licenseTexts).length > 0) return one.licenseTexts;
  const peer = packages.find(
    (other) => other.license === one.license && isOfScope(other, one) && Object.keys(other.licenseTexts).length > 0,
  );
  if (!peer) throw new Error(`${titleOf(one)} brings no text of its licence, ${one.license}`);
  const [text] = Object.values(peer.licenseTexts);
  return { [`${one.license}, as of ${peer.name}`]: text };
}

/** Whether two packages are published by the same organization. */
function isOfScope({ name }: BundledPackage, other: BundledPackage): boolean {
  return name.startsWith('@') && name.split('/')[0] === other.name.split('/')[0];
}

/** A text with the line ends of this tree, and without empty lines at its ends and spaces at those of lines. */
function tidy(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
}
