import { isMembers } from '../../members';
import { asText, intrinsicOf, namesInSub, TemplateError, textParts } from './form';

/** Names that Ref, Fn::GetAtt and Fn::Sub anywhere in the value refer to; of an Fn::If only the branch taken counts. */
export function referencesOf(value: unknown, condition: (name: string) => boolean): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => referencesOf(item, condition));
  }
  if (!isMembers(value)) {
    return [];
  }
  const intrinsic = intrinsicOf(value);
  switch (intrinsic?.name) {
    case 'Ref':
      return [asText(intrinsic.argument, 'Ref')];
    case 'Fn::GetAtt': {
      const [id, attribute] = textParts(intrinsic.argument);
      return [asText(id, 'Fn::GetAtt'), ...referencesOf(attribute, condition)];
    }
    case 'Fn::Sub':
      return referencesOfSub(intrinsic.argument, condition);
    case 'Fn::If': {
      const [name, yes, no] = intrinsic.argument as unknown[];
      return referencesOf(condition(asText(name, 'Fn::If')) ? yes : no, condition);
    }
    default:
      return Object.values(value).flatMap((item) => referencesOf(item, condition));
  }
}

function referencesOfSub(argument: unknown, condition: (name: string) => boolean): string[] {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = isMembers(variables) ? Object.keys(variables) : [];
  const names = namesInSub(asText(text, 'Fn::Sub')).filter((name) => !own.includes(name));
  return [...names.map((name) => name.split('.')[0]), ...referencesOf(variables, condition)];
}

/** The IDs with every dependency before its dependents, otherwise in the given order; a cycle throws and is named. */
export function dependencyOrder(ids: string[], dependencies: (id: string) => string[]): string[] {
  const done = new Set<string>();
  const open: string[] = [];
  const visit = (id: string): void => {
    if (done.has(id)) {
      return;
    }
    if (open.includes(id)) {
      throw new TemplateError(`DependencyCycle: ${[...open.slice(open.indexOf(id)), id].join(' -> ')}`);
    }
    open.push(id);
    for (const dependency of dependencies(id)) {
      visit(dependency);
    }
    open.pop();
    done.add(id);
  };
  for (const id of ids) {
    visit(id);
  }
  return [...done];
}
