import { CloudError } from '../cloud-error';
import { isMembers, type Members, optionalText, textMember } from '../members';
import type { BusEvent } from './recorder';

/** What a target gets in place of the event: a template, and where in the event its variables are. */
export interface InputTransformer {
  readonly template: string;
  /** by variable: the names on the way to a member of the event */
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

const VARIABLE = /<([^<>]+)>/g;
const PATH = /^\$((?:\.[\w-]+)*)$/;

/**
 * Reads the transformer of a target. Throws `NotRehearsed` for what is beyond the dot notation of names, and for variables that it
 * does not declare: those that EventBridge predefines.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function inputTransformer(transformer: Members, where: string): InputTransformer {
  const template = textMember(transformer, 'InputTemplate', where);
  const declared = isMembers(transformer.InputPathsMap) ? transformer.InputPathsMap : {};
  const paths = new Map(
    Object.keys(declared).map((name) => [name, namesOf(optionalText(declared, name, where) ?? '', where)] as const),
  );
  const unknown = [...template.matchAll(VARIABLE)].map(([, name = '']) => name).find((name) => !paths.has(name));
  if (unknown !== undefined) {
    throw new CloudError('NotRehearsed', `${where}: no path is declared for <${unknown}> of InputTemplate`);
  }
  return { template, paths };
}

function namesOf(path: string, where: string): string[] {
  const match = PATH.exec(path);
  if (match === null) {
    throw new CloudError('NotRehearsed', `${where}: the rehearsal reads paths such as $.detail.status, not ${path}`);
  }
  return (match[1] ?? '').split('.').slice(1);
}

/** The target's input: JSON where a variable stands alone, its text where it stands in quotes; nothing for what the event has not. */
export function transformedInput({ template, paths }: InputTransformer, event: BusEvent): string {
  return template.replace(VARIABLE, (_, name: string, offset: number) => {
    const value = (paths.get(name) ?? []).reduce<unknown>(
      (owner, member) => (isMembers(owner) ? owner[member] : undefined),
      event,
    );
    const json = value === undefined ? '' : JSON.stringify(value);
    return typeof value === 'string' && isQuoted(template, offset) ? json.slice(1, -1) : json;
  });
}

/** Whether a place of a JSON text is inside a string. */
function isQuoted(text: string, offset: number): boolean {
  return (text.slice(0, offset).replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}
