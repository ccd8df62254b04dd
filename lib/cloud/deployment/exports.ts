import { isMembers, type Members, optionalText } from '../members';
import type { TemplateResolver } from '../semantics/intrinsics/intrinsics';
import type { AssemblyStack } from './assembly';
import type { Stack } from './stack';

/** What a template exports: values by name of the export. */
export function exportsOf({ name, template }: AssemblyStack, resolver: TemplateResolver): Members {
  const outputs = isMembers(template.Outputs) ? Object.values(template.Outputs).filter(isMembers) : [];
  const entries = outputs.flatMap((output) => {
    const exported = isMembers(output.Export) ? resolver.resolve(output.Export) : undefined;
    const exportName = isMembers(exported) ? optionalText(exported, 'Name', name) : undefined;
    return exportName === undefined ? [] : [[exportName, resolver.resolve(output.Value)]];
  });
  return Object.fromEntries(entries);
}

/** Names of the exports that a template imports. */
export function importsOf(template: unknown, resolver: TemplateResolver): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (isMembers(value)) {
      if (value['Fn::ImportValue'] !== undefined) {
        found.add(String(resolver.resolve(value['Fn::ImportValue'])));
      }
      Object.values(value).forEach(visit);
    }
  };
  visit(template);
  return found;
}

/**
 * Why CloudFormation keeps a stack's exports as they are: another stack imports one that would be gone, or have another value.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
 */
export function exportRefusal(stack: Stack, exports: Members, others: readonly Stack[]): string | undefined {
  for (const [name, value] of Object.entries(stack.exports)) {
    const user = others.find((other) => other !== stack && other.imports.has(name));
    if (user !== undefined && JSON.stringify(exports[name]) !== JSON.stringify(value)) {
      const verb = name in exports ? 'updated' : 'deleted';
      return `Export ${name} cannot be ${verb} as it is in use by ${user.name}`;
    }
  }
  return undefined;
}
