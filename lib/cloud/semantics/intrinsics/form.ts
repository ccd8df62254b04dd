import { isMembers } from '../../members';
/** A template, or a part of one, that cannot be resolved here. */
export class TemplateError extends Error {
  public override readonly name = 'TemplateError';
}

/** One call of an intrinsic function. */
export interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

/** The intrinsic that an object is, if it is one; an `Fn::` key beside other keys throws. */
export function intrinsicOf(value: Readonly<Record<string, unknown>>): Intrinsic | undefined {
  const keys = Object.keys(value);
  const name =
    keys.find((key) => key.startsWith('Fn::')) ?? (keys.length === 1 && keys[0] === 'Ref' ? 'Ref' : undefined);
  if (name !== undefined && keys.length !== 1) {
    throw new TemplateError(`WrongForm: ${name} stands beside other keys: ${keys.join(', ')}`);
  }
  return name === undefined ? undefined : { name, argument: value[name] };
}

/** The two parts of Fn::GetAtt: `[id, attribute]`, or `id.attribute` split at the first dot. */
export function textParts(argument: unknown): [unknown, unknown] {
  const parts = typeof argument === 'string' ? splitOnce(argument) : argument;
  if (!Array.isArray(parts) || parts.length !== 2) {
    throw new TemplateError(
      `WrongArgument: Fn::GetAtt takes a logical ID and an attribute, not ${JSON.stringify(argument)}`,
    );
  }
  return [parts[0], parts[1]];
}

/** Names that the text of an Fn::Sub refers to, without those it escapes by `${!name}`. */
export function namesInSub(text: string): string[] {
  return [...text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1].trim()).filter((name) => !name.startsWith('!'));
}

/** The value as an object, or a TemplateError that says what should have been one. */
export function asObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (!isMembers(value)) {
    throw new TemplateError(`WrongType: ${what} has to be an object, not ${JSON.stringify(value)}`);
  }
  return value;
}

/** The value as text (numbers and booleans are written out), or a TemplateError. */
export function asText(value: unknown, what: string): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new TemplateError(`WrongType: ${what} has to be text, not ${JSON.stringify(value)}`);
  }
  return String(value);
}

function splitOnce(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
