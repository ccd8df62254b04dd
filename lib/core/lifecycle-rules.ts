import { Annotations, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * Looks at the lifecycle rules of a bucket when all of them are there, as JSON; empty where the app does not know them. Not before: older versions of the
 * CDK leave out what is added after the first look.
 *
 * @internal
 */
export function lookAtLifecycleRules(bucket: s3.IBucket, look: (rules: string) => void): void {
  bucket.node.addValidation({
    validate: () => {
      look(rulesOf(bucket));
      return [];
    },
  });
}

function rulesOf(bucket: s3.IBucket): string {
  const resource = bucket.node.defaultChild;
  if (!s3.CfnBucket.isCfnBucket(resource)) return '';
  return JSON.stringify(Stack.of(bucket).resolve(resource.lifecycleConfiguration)) ?? '';
}

/** What stays where nothing expires. */
export interface StayingObjects {
  /** of the message */
  readonly id: string;
  /** without slash at its end */
  readonly prefix: string;
  readonly days: number;
  readonly what: string;
}

/**
 * Warns, once per bucket, that something stays in a bucket of the user's that lets nothing of it expire, as far as the app can know, with the rule that it lacks.
 *
 * @internal
 */
export function warnOfWhatStays(bucket: s3.IBucket, { id, prefix, days, what }: StayingObjects): void {
  const ID = `${id[0].toUpperCase()}${id.slice(1)}`;
  const rule = { ID, Status: 'Enabled', Filter: { Prefix: `${prefix}/` }, Expiration: { Days: days } };
  lookAtLifecycleRules(bucket, (rules) => {
    if (letsExpire(rules, `${prefix}/`)) return;
    Annotations.of(bucket).addWarningV2(
      `cdk-sagemaker-monitoring:${id}`,
      `runs leave ${what} in this bucket, which stay unless it has a lifecycle rule as ${JSON.stringify(rule)}`,
    );
  });
}

/** A rule of a bucket, as the template has it and as far as it is read. */
interface LifecycleRule {
  readonly prefix?: unknown;
  readonly tagFilters?: unknown;
  readonly expirationInDays?: unknown;
}

/** Whether a rule lets all objects below a prefix expire. One whose prefix only the deployment knows may. */
function letsExpire(rules: string, key: string): boolean {
  const { rules: known = [] }: { readonly rules?: readonly LifecycleRule[] } = rules === '' ? {} : JSON.parse(rules);
  return known.some(({ prefix = '', tagFilters, expirationInDays }) => {
    const isOfAll = typeof prefix !== 'string' || key.startsWith(prefix);
    return expirationInDays !== undefined && tagFilters === undefined && isOfAll;
  });
}
