import { folderIn, type PrefixLocation } from '../../core/contract';

/** What a list of a transform job names. */
export interface NamedObjects {
  /** keys in the bucket of the data, each once, in the order of the list */
  readonly keys: string[];
  /** addresses that are not below the place of the data */
  readonly elsewhere: string[];
}

/**
 * The objects that a list names; undefined where it is no such list. Whoever may write lists can name anything: only what lies below the place that
 * the monitor was told of is taken.
 *
 * `[{"prefix":"s3://bucket/loans/2026-01-31/"},"part-0.csv","part-1.csv"]`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-batch.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html
 */
export function namedObjects(list: unknown, { bucket, prefix }: PrefixLocation): NamedObjects | undefined {
  if (!Array.isArray(list)) return undefined;
  const [head, ...names] = list as readonly unknown[];
  const common = (head as { readonly prefix?: unknown } | null | undefined)?.prefix;
  if (typeof common !== 'string' || !names.every((name) => typeof name === 'string')) return undefined;
  const root = `s3://${bucket}/`;
  const addresses = [...new Set(names.map((name) => `${common}${name}`))];
  const isBelow = (address: string) => address.startsWith(`${root}${prefix}/`);
  return {
    keys: addresses.filter(isBelow).map((address) => address.slice(root.length)),
    elsewhere: addresses.filter((address) => !isBelow(address)),
  };
}

/** What all of these keys begin with; empty without keys. */
export function commonPrefix(keys: readonly string[]): string {
  const [first = ''] = keys;
  let length = first.length;
  for (const key of keys) while (!key.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

/** The folder of the lists of one side, with a trailing slash. */
export function listsFolder(capture: PrefixLocation, side: string): string {
  return `${folderIn(capture, side).prefix}/`;
}
