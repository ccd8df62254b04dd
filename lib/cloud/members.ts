import { CloudError } from './cloud-error';

/** A parsed JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** Tells whether a value is a JSON object (no list, not null). */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that has to be an object; `where` names the owner in the error. */
export function objectMember(owner: Members, name: string, where: string): Members {
  const value = owner[name];
  if (!isMembers(value)) {
    throw wrong(`${where}: '${name}' is ${describe(value)}, an object is required`);
  }
  return value;
}

/** A member that has to be a text; `where` names the owner in the error. */
export function textMember(owner: Members, name: string, where: string): string {
  const value = optionalText(owner, name, where);
  if (value === undefined) {
    throw wrong(`${where}: '${name}' is missing, a text is required`);
  }
  return value;
}

/** A member that is a text or absent. */
export function optionalText(owner: Members, name: string, where: string): string | undefined {
  const value = owner[name];
  if (value !== undefined && typeof value !== 'string') {
    throw wrong(`${where}: '${name}' is ${describe(value)}, a text is required`);
  }
  return value;
}

/** A member that is a number, or a text of one as CloudFormation allows; undefined where absent. */
export function optionalNumber(owner: Members, name: string, where: string): number | undefined {
  const value = owner[name];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (number !== undefined && (typeof number !== 'number' || !Number.isFinite(number))) {
    throw wrong(`${where}: '${name}' is ${describe(value)}, a number is required`);
  }
  return number;
}

/** A member that is a list of objects; [] where absent. */
export function objectList(owner: Members, name: string, where: string): Members[] {
  const value = owner[name] ?? [];
  if (!Array.isArray(value) || !value.every(isMembers)) {
    throw wrong(`${where}: '${name}' is ${describe(value)}, a list of objects is required`);
  }
  return value;
}

/** A member that is a list of texts; [] where absent. */
export function textList(owner: Members, name: string, where: string): string[] {
  const value = owner[name] ?? [];
  if (!Array.isArray(value) || !value.every((item): item is string => typeof item === 'string')) {
    throw wrong(`${where}: '${name}' is ${describe(value)}, a list of texts is required`);
  }
  return value;
}

/** The first member that is not in the list of known names. */
export function unknownMember(owner: Members, known: readonly string[]): string | undefined {
  return Object.keys(owner).find((name) => !known.includes(name));
}

function wrong(message: string): CloudError {
  return new CloudError('MalformedMember', message);
}

function describe(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 80);
}
