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
  readonly principal: Principal;
}

/** The decision and why, in one sentence. */
export interface Authorization {
  readonly allowed: boolean;
  readonly reason: string;
}

/** Decides one call in one account; throws PolicyError on an operator or statement key it does not know. */
export function authorize(_request: AuthorizationRequest, _policies: AuthorizationPolicies): Authorization {
  throw new Error('not there yet');
}

/** Statements of a resolved policy document (Statement may be one object or a list). */
export function statementsOf(_document: unknown): Statement[] {
  throw new Error('not there yet');
}
