import { isMembers } from '../../members';
import { conditionHolds } from './condition';
import { globMatches, listOf, PolicyError, resourceMatches } from './text';

export { PolicyError } from './text';

/** One statement of an IAM policy document, as in a resolved template. Keys that IAM does not have throw. */
export type Statement = Readonly<Record<string, unknown>>;

/** Who calls. */
export type Principal =
  /** A role of the same account; `arn` is `arn:aws:iam::{account}:role/{name}`. */
  | { readonly type: 'role'; readonly arn: string }
  /** A service, for example `cloudwatch.amazonaws.com`: only the resource policy decides. */
  | { readonly type: 'service'; readonly service: string };

/** One call to authorize. */
export interface AuthorizationRequest {
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** ARN of the resource, or `*` for an action without one. */
  readonly resource: string;
  /** Condition keys and their values in this call; keys compare without case. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** The policies that apply to a call. */
export interface AuthorizationPolicies {
  /** Statements of all policies of the role; [] for a service. */
  readonly identity: readonly Statement[];
  /** Statements of the resource's policy, when it has one. */
  readonly resourcePolicy?: readonly Statement[];
  /** Statements of the role's permissions boundary, when it has one: what they do not allow, nothing does. */
  readonly boundary?: readonly Statement[];
  readonly principal: Principal;
}

/** The decision and why, in one sentence. */
export interface Authorization {
  readonly allowed: boolean;
  readonly reason: string;
}

const STATEMENT_KEYS = new Set(
  'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'.split(' '),
);
const DOCUMENT_KEYS = new Set(['Version', 'Id', 'Statement']);
/** Actions whose resource policy always has to agree: key policies and trust policies. */
const NEEDS_RESOURCE_POLICY = /^(kms:|sts:assumerole)/i;

/**
 * Decides one call within one account.
 *
 * An explicit Deny wins. A role is allowed by its own policies or by the resource's policy. An Allow for the whole account in the
 * resource's policy only hands the decision to the role's policies. Keys and role trust are stricter: their own policy has to
 * allow the role, or the account while the role's policies allow the call. A service has only the resource's policy. A role with a
 * permissions boundary is allowed nothing that the boundary does not allow, whoever else allows it.
 * All statements are checked, also those that do not apply, so an unknown key or operator always throws.
 *
 * @throws PolicyError on an operator, statement key or policy variable that this evaluator does not know
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function authorize(request: AuthorizationRequest, policies: AuthorizationPolicies): Authorization {
  const fromIdentity = identityStatements(policies).filter((statement) => applies(statement, request));
  const fromResource = (policies.resourcePolicy ?? [])
    .map((statement) => ({ statement, reach: reachOf(statement, policies.principal) }))
    .filter(({ statement, reach }) => applies(statement, request) && reach !== 'other');
  const fromBoundary = policies.boundary?.filter((statement) => applies(statement, request));
  const call = callOf(request, policies.principal);
  const all = [...fromIdentity, ...fromResource.map(({ statement }) => statement), ...(fromBoundary ?? [])];
  const denying = all.find(isDeny);
  if (denying !== undefined) {
    return { allowed: false, reason: `explicit deny by ${nameOf(denying)} for ${call}` };
  }
  if (fromBoundary?.length === 0) {
    return { allowed: false, reason: `the permissions boundary does not allow ${call}` };
  }
  return decide({
    call,
    identity: fromIdentity[0],
    direct: fromResource.find(({ reach }) => reach === 'principal')?.statement,
    account: fromResource.find(({ reach }) => reach === 'account')?.statement,
    needsResourcePolicy: NEEDS_RESOURCE_POLICY.test(request.action),
  });
}

/** Statements of a resolved policy document (Statement may be one object or a list); throws PolicyError on other shapes. */
export function statementsOf(document: unknown): Statement[] {
  if (!isMembers(document)) {
    throw new PolicyError(`NotADocument: a policy document is an object, not ${JSON.stringify(document)}`);
  }
  const unknown = Object.keys(document).find((key) => !DOCUMENT_KEYS.has(key));
  if (unknown !== undefined) {
    throw new PolicyError(`UnknownKey: "${unknown}" is not a key of a policy document`);
  }
  return listOf(document.Statement).map((statement) => {
    if (!isMembers(statement)) {
      throw new PolicyError(`NotAStatement: a statement is an object, not ${JSON.stringify(statement)}`);
    }
    return statement;
  });
}

interface Allows {
  readonly call: string;
  readonly identity?: Statement;
  readonly direct?: Statement;
  readonly account?: Statement;
  readonly needsResourcePolicy: boolean;
}

function decide({ call, identity, direct, account, needsResourcePolicy }: Allows): Authorization {
  if (direct !== undefined) {
    return { allowed: true, reason: `allowed by ${nameOf(direct)} of the resource policy for ${call}` };
  }
  if (identity === undefined) {
    return { allowed: false, reason: `no statement allows ${call}` };
  }
  if (needsResourcePolicy && account === undefined) {
    return { allowed: false, reason: `the resource policy does not allow ${call}, which it has to` };
  }
  return { allowed: true, reason: `allowed by ${nameOf(identity)} of the identity policies for ${call}` };
}

function identityStatements({ identity, principal }: AuthorizationPolicies): readonly Statement[] {
  const wrong = identity.find((statement) => 'Principal' in statement || 'NotPrincipal' in statement);
  if (wrong !== undefined) {
    throw new PolicyError(
      `PrincipalInIdentityPolicy: ${nameOf(wrong)} names a principal, which only resource policies do`,
    );
  }
  const incomplete = identity.find((statement) => !('Resource' in statement) && !('NotResource' in statement));
  if (incomplete !== undefined) {
    throw new PolicyError(
      `MissingKey: ${nameOf(incomplete)} of an identity policy has neither Resource nor NotResource`,
    );
  }
  return principal.type === 'service' ? [] : identity;
}

function applies(statement: Statement, request: AuthorizationRequest): boolean {
  checkKeys(statement);
  const holds = conditionHolds(statement.Condition ?? {}, request.context ?? {});
  return actionApplies(statement, request.action) && resourceApplies(statement, request.resource) && holds;
}

function checkKeys(statement: Statement): void {
  const unknown = Object.keys(statement).find((key) => !STATEMENT_KEYS.has(key));
  if (unknown !== undefined) {
    throw new PolicyError(`UnknownKey: "${unknown}" of ${nameOf(statement)} is not a key of a statement`);
  }
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new PolicyError(
      `WrongEffect: Effect of ${nameOf(statement)} is ${JSON.stringify(statement.Effect)}, not Allow or Deny`,
    );
  }
  if ('Action' in statement === 'NotAction' in statement) {
    throw new PolicyError(`WrongKeys: ${nameOf(statement)} needs exactly one of Action and NotAction`);
  }
  if ('Resource' in statement && 'NotResource' in statement) {
    throw new PolicyError(`WrongKeys: ${nameOf(statement)} has both Resource and NotResource`);
  }
}

function actionApplies(statement: Statement, action: string): boolean {
  const patterns = textsOf(statement, 'Action' in statement ? 'Action' : 'NotAction');
  const listed = patterns.some((pattern) => globMatches(pattern.toLowerCase(), action.toLowerCase()));
  return 'Action' in statement ? listed : !listed;
}

/** A statement without Resource, as in a role's trust policy, is about the resource that has the policy. */
function resourceApplies(statement: Statement, resource: string): boolean {
  if (!('Resource' in statement) && !('NotResource' in statement)) {
    return true;
  }
  const patterns = textsOf(statement, 'Resource' in statement ? 'Resource' : 'NotResource');
  const listed = patterns.some((pattern) => resourceMatches(pattern, resource));
  return 'Resource' in statement ? listed : !listed;
}

/** Whether a resource policy's statement speaks of the caller itself, of its whole account, or of somebody else. */
function reachOf(statement: Statement, principal: Principal): 'principal' | 'account' | 'other' {
  if (!('Principal' in statement)) {
    throw new PolicyError(
      `MissingKey: ${nameOf(statement)} of a resource policy has no Principal (NotPrincipal is not supported)`,
    );
  }
  if (statement.Principal === '*') {
    return 'principal';
  }
  const named = principalsOf(statement);
  if (named.AWS.includes('*')) {
    return 'principal';
  }
  if (principal.type === 'service') {
    return named.Service.includes(principal.service) ? 'principal' : 'other';
  }
  return reachOfRole(named.AWS, principal.arn);
}

function reachOfRole(named: string[], arn: string): 'principal' | 'account' | 'other' {
  if (named.includes(arn)) {
    return 'principal';
  }
  const [, partition, , , account] = arn.split(':');
  return named.includes(account) || named.includes(`arn:${partition}:iam::${account}:root`) ? 'account' : 'other';
}

function principalsOf(statement: Statement): { AWS: string[]; Service: string[] } {
  const principal = statement.Principal;
  const unknown = isMembers(principal)
    ? Object.keys(principal).find((key) => key !== 'AWS' && key !== 'Service')
    : 'text';
  if (!isMembers(principal) || unknown !== undefined) {
    throw new PolicyError(`UnknownPrincipal: "${unknown}" of ${nameOf(statement)}; AWS, Service and "*" are known`);
  }
  return { AWS: textsOf(principal, 'AWS'), Service: textsOf(principal, 'Service') };
}

function textsOf(holder: Readonly<Record<string, unknown>>, key: string): string[] {
  return listOf(holder[key] ?? []).map((item) => {
    if (typeof item !== 'string' || item.includes('${')) {
      throw new PolicyError(
        `WrongValue: ${key} ${JSON.stringify(item)} is not plain text (policy variables are not supported)`,
      );
    }
    return item;
  });
}

function isDeny(statement: Statement): boolean {
  return statement.Effect === 'Deny';
}

function nameOf(statement: Statement): string {
  return typeof statement.Sid === 'string' ? `statement "${statement.Sid}"` : `statement ${JSON.stringify(statement)}`;
}

function callOf(request: AuthorizationRequest, principal: Principal): string {
  const caller = principal.type === 'role' ? principal.arn : principal.service;
  return `${request.action} on ${request.resource} by ${caller}`;
}
