// Shapes that constructs and handlers share everywhere. Imports nothing.

/** One S3 object. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

/** All S3 objects below a prefix, which has neither a leading nor a trailing slash. */
export interface PrefixLocation {
  readonly bucket: string;
  readonly prefix: string;
}

/** One object below a prefix. */
export function objectIn({ bucket, prefix }: PrefixLocation, name: string): ObjectLocation {
  return { bucket, key: `${prefix}/${name}` };
}

/** What CloudFormation needs to be answered. */
export interface CloudFormationCallback {
  readonly responseUrl: string;
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalResourceId: string;
  readonly physicalResourceId: string;
}
