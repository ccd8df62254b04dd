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
 * Warns, once per bucket and message, that something stays in a bucket of the user's that lets nothing of it expire, as far as the app can know, with the rule that it lacks.
 *
 * @internal
 */
export function warnOfWhatStays(bucket: s3.IBucket, staying: StayingObjects): void {
  const ofBucket = STAYING.get(bucket) ?? new Map<string, StayingObjects[]>();
  STAYING.set(bucket, ofBucket);
  const ofMessage = ofBucket.get(staying.id);
  if (ofMessage) {
    ofMessage.push(staying);
    return;
  }
  const all = [staying];
  ofBucket.set(staying.id, all);
  lookAtLifecycleRules(bucket, (rules) => warnOf(bucket, stayingUnder(rules, all)));
}

/** What may stay in a bucket, by the id of the message. */
const STAYING = new WeakMap<s3.IBucket, Map<string, StayingObjects[]>>();

function stayingUnder(rules: string, all: readonly StayingObjects[]): StayingObjects[] {
  return all.filter(({ prefix }) => !letsExpire(rules, `${prefix}/`));
}

function warnOf(bucket: s3.IBucket, [first, ...others]: readonly StayingObjects[]): void {
  if (first === undefined) return;
  const { id, prefix, days, what } = first;
  const ID = `${id[0].toUpperCase()}${id.slice(1)}`;
  const rule = { ID, Status: 'Enabled', Filter: { Prefix: `${prefix}/` }, Expiration: { Days: days } };
  const prefixes = [...new Set(others.map((other) => `${other.prefix}/`))].filter((one) => one !== rule.Filter.Prefix);
  Annotations.of(bucket).addWarningV2(
    `cdk-sagemaker-monitoring:${id}`,
    `runs leave ${what} in this bucket, which stay unless it has a lifecycle rule as ${JSON.stringify(rule)}${alsoFor(prefixes)}`,
  );
}

const NAMED_PREFIXES = 5;

function alsoFor(prefixes: readonly string[]): string {
  if (prefixes.length === 0) return '';
  const more = prefixes.length - NAMED_PREFIXES;
  const named = prefixes.slice(0, NAMED_PREFIXES).join(', ');
  return `, and one, with an ID of its own, for ${named}${more > 0 ? ` and ${more} more, one for each monitor` : ''}`;
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
