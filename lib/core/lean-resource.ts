import type { CfnResource, TreeInspector } from 'aws-cdk-lib';
import { logicalIdOnce } from './logical-id-once';

/** Of what these hold, the names are the user's or another service's. */
const VERBATIM = new Set(['assumeRolePolicyDocument', 'environment', 'policyDocument', 'slidingWindow']);

/** Where CloudFormation's spelling is more than a capital letter. */
const SPELLINGS: { readonly [name: string]: string } = {
  enableSsmAccess: 'EnableSSMAccess',
  maxPayloadInMb: 'MaxPayloadInMB',
  memorySizeInMb: 'MemorySizeInMB',
  okActions: 'OKActions',
  promQlCriteria: 'PromQLCriteria',
  volumeSizeInGb: 'VolumeSizeInGB',
};

/**
 * Decorates a resource class: its properties are spelled as CloudFormation does without a validation, as the compiler has seen their types; its logical id
 * is allocated once; and the tree of constructs has its type and logical id alone, as it has for every plain `CfnResource`.
 *
 * For the resources of which each endpoint or monitor has some: an app with hundreds of them synthesizes noticeably faster, as the CDK renders each
 * twice and resolves it three times. `lean-resource.test.ts` holds that all properties are spelled as the CDK's own classes do.
 *
 * @internal
 */
export function lean(type: { readonly prototype: CfnResource }): void {
  logicalIdOnce(type);
  Object.defineProperties(type.prototype, { renderProperties: { value: spelled }, inspect: { value: inspectBriefly } });
}

function inspectBriefly(this: CfnResource, inspector: TreeInspector): void {
  inspector.addAttribute('aws:cdk:cloudformation:type', this.cfnResourceType);
  inspector.addAttribute('aws:cdk:cloudformation:logicalId', this.logicalId);
}

function spelled(properties: { readonly [name: string]: unknown }): { [name: string]: unknown } {
  const rendered: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined) rendered[spellingOf(name)] = isVerbatim(name) ? value : spelledValue(value);
  }
  return rendered;
}

function spelledValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelledValue);
  if (typeof value !== 'object' || value === null || isIntrinsic(value)) return value;
  return spelled(value as { readonly [name: string]: unknown });
}

/** What the deployment computes has names of its own, as the variables of `Fn::Sub`. */
function isIntrinsic(value: object): boolean {
  const names = Object.keys(value);
  return names.length === 1 && (names[0] === 'Ref' || names[0].startsWith('Fn::'));
}

/**
 * A property's name as CloudFormation spells it.
 *
 * @internal
 */
export function spellingOf(name: string): string {
  return SPELLINGS[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * Whether a property is rendered as it is.
 *
 * @internal
 */
export function isVerbatim(name: string): boolean {
  return VERBATIM.has(name);
}
