/** A bucket and what keys begin with. */
export interface S3Address {
  readonly bucket: string;
  /** without slashes at its end; may be empty */
  readonly prefix: string;
}

/**
 * What `s3://bucket/prefix/` names; undefined where a text is no such address.
 *
 * @internal
 */
export function s3AddressOf(text: string): S3Address | undefined {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*?))?\/*$/s.exec(text) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix };
}
