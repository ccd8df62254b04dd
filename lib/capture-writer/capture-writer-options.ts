import { CaptureError } from './capture-error';

/** Where and how records are written. */
export interface CaptureWriterOptions {
  /** `s3://bucket/prefix/name`: `WrittenData.destination` */
  readonly destination: string;
  /** of inferences that do not say which variant answered: letters, digits and hyphens. Default: `AllTraffic` */
  readonly variant?: string;
  /** share of the inferences that are kept, above 0 to 100. Default: 100 */
  readonly samplingPercentage?: number;
  /** bytes of records that wait in memory at most, 1,024 to 67,108,864, before they are written: default 4,194,304 (4 MiB) */
  readonly maximumBufferBytes?: number;
  /** ARN of the KMS key that encrypts the objects. Default: as the bucket says */
  readonly encryptionKeyArn?: string;
  /** account that has to own the bucket, else S3 refuses. Default: any */
  readonly expectedBucketOwner?: string;
  /** an `S3Client` of `@aws-sdk/client-s3`. Default: one of this function's own region and role */
  readonly client?: ObjectSender;
}

/** What sends a command to S3: an `S3Client`. */
export interface ObjectSender {
  /** Sends it. */
  send(command: never): Promise<unknown>;
}

/** Options with their defaults, and the destination taken apart. */
export interface WriterSettings {
  readonly bucket: string;
  /** without slashes at its ends */
  readonly prefix: string;
  readonly variant: string;
  readonly samplingPercentage: number;
  readonly maximumBufferBytes: number;
}

const DESTINATION = /^s3:\/\/([^/]+)\/(.*[^/])\/*$/;
const VARIANT = /^[A-Za-z0-9](-*[A-Za-z0-9]){0,62}$/;

/** The settings of a writer. Throws `InvalidCaptureWriter` for options that say nothing useful. */
export function writerSettings(options: CaptureWriterOptions): WriterSettings {
  const {
    destination,
    variant = 'AllTraffic',
    samplingPercentage = 100,
    maximumBufferBytes = 4 * 1024 * 1024,
  } = options;
  const [, bucket, prefix] = DESTINATION.exec(destination) ?? [];
  if (bucket === undefined) throw invalid('destination', destination, 's3://bucket/prefix/name');
  requireVariant(variant);
  if (!(samplingPercentage > 0 && samplingPercentage <= 100)) {
    throw invalid('samplingPercentage', samplingPercentage, 'a number above 0, at most 100');
  }
  if (!(maximumBufferBytes >= 1024 && maximumBufferBytes <= 64 * 1024 * 1024)) {
    throw invalid('maximumBufferBytes', maximumBufferBytes, '1024 to 67108864');
  }
  return { bucket, prefix, variant, samplingPercentage, maximumBufferBytes };
}

/** Throws `InvalidCaptureWriter` for a variant that is no folder of one. */
export function requireVariant(variant: string): void {
  if (!VARIANT.test(variant)) {
    throw invalid('variant', variant, '1 to 63 letters, digits and hyphens, no hyphen at start and end');
  }
}

function invalid(option: string, got: unknown, allowed: string): CaptureError {
  return new CaptureError('InvalidCaptureWriter', `'${option}' is ${JSON.stringify(got)}; allowed is ${allowed}`);
}
