import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const [START, SEPARATOR, END] = ['\x01', '\x02', '\x03'];

/**
 * The hash by which aws-cdk-lib names an asset, hexadecimal: it covers every file's name, size and SHA-256.
 *
 * Only for assets without options (no exclusion, no extra hash) and without links, as this library makes them.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.FileSystem.html#static-fingerprintfileordirectory-options
 */
export function assetFingerprint(path: string): string {
  const hash = createHash('sha256');
  addField(hash, 'options.extra', '');
  addField(hash, 'options.follow', 'external');
  for (const file of filesOf(path)) {
    addField(hash, `file:${relative(path, file)}`, contentOf(file));
  }
  return hash.digest('hex');
}

/** SHA-256 of a file, hexadecimal. */
export function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)]));
}

/** Line ends of texts do not count, so that a checkout on Windows has the same hash. */
function contentOf(file: string): string {
  const bytes = readFileSync(file);
  const counted =
    bytes.includes(0) || !bytes.includes('\r\n') ? bytes : Buffer.from(bytes.toString().replace(/\r\n/g, '\n'));
  return `${counted.length}:${createHash('sha256').update(counted).digest('hex')}`;
}

function addField(hash: Hash, header: string, value: string): void {
  hash.update(START).update(header).update(SEPARATOR).update(value).update(END);
}
