/** One intrinsic function with its argument. */
interface Intrinsic {
  readonly [name: string]: unknown;
}

/**
 * A resolved value as one text, as cdk-nag writes what only the deployment knows: `<Data666C94C7.Arn>/reports/*`.
 *
 * @see https://github.com/cdklabs/cdk-nag/blob/main/src/utils/flatten-cfn-reference.ts
 * @internal
 */
export function flattened(value: unknown): string {
  if (typeof value === 'string') return value.replace(/\$\{/g, '<').replace(/\}/g, '>');
  const intrinsic = value as Intrinsic;
  const [[name, argument]] = Object.entries(intrinsic);
  const write = WRITTEN[name];
  return write ? write(argument) : JSON.stringify(value);
}

const WRITTEN: { readonly [name: string]: (argument: unknown) => string } = {
  Ref: (name) => `<${flattened(name)}>`,
  'Fn::GetAtt': (names) => `<${(names as unknown[]).map(flattened).join('.')}>`,
  'Fn::ImportValue': flattened,
  'Fn::Join': (argument) => {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(flattened).join(separator);
  },
  'Fn::Sub': flattened,
};
