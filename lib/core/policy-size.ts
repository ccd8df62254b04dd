import { type DeployedLengths, deployedSize } from './deployed-size';

/**
 * Characters that all inline policies of a role may have, white space not counted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const INLINE_POLICY_CHARACTERS = 10_240;

/**
 * Characters of a resolved policy as IAM will count them.
 *
 * @internal
 */
export function deployedCharacters(policy: unknown, lengths?: DeployedLengths): number {
  return deployedSize(policy, { lengths, sizeOf: (json) => json.replace(/\s/g, '').length });
}

/** Buckets that a role of a stack lists when its endpoints share what they can: of captured data, of datasets, of reports. */
const FEW_BUCKETS = 3;

const MOVE = 'put some of the endpoints, with their monitors, into another stack';

interface ResolvedStatement {
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

/**
 * What makes a resolved policy that is too long shorter. Sharing buckets does only where they are many: there is one statement for all that is listed in
 * a bucket.
 *
 * @internal
 */
export function remedy({ Statement }: { readonly Statement: readonly ResolvedStatement[] }): string {
  const listed = Statement.filter(({ Action }) => Action === 's3:ListBucket').flatMap(({ Resource }) => Resource);
  const buckets = new Set(listed.map((one) => JSON.stringify(one))).size;
  return buckets <= FEW_BUCKETS
    ? MOVE
    : `it lists ${buckets} buckets: let endpoints capture to one and monitors report to one, or ${MOVE}, or the messages about them`;
}
