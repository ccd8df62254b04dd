import type { Stack } from 'aws-cdk-lib';

/** The value that a prop changes to; it may make what it needs in the stack. */
export type Recipe = (stack: Stack) => unknown;

/** Values by `Struct.prop`. */
export type Changes = Readonly<Record<string, Recipe>>;

/** What the constructs of an app are told: each struct as the app has it, but for what is changed. */
export class Settings {
  /** props that were asked for and changed */
  public readonly used = new Set<string>();

  public constructor(
    private readonly stack: Stack,
    private readonly changes: Changes,
  ) {}

  /** A struct, named as the public API names it; a change to undefined takes a prop away. `only` says which of its props apply. */
  public of<T extends object>(struct: string, props: T, only?: readonly string[]): T {
    const values = Object.entries(this.changes).flatMap(([name, recipe]) => {
      const [owner, prop] = name.split('.');
      if (owner !== struct || only?.includes(prop) === false) return [];
      this.used.add(name);
      return [[prop, recipe(this.stack)] as const];
    });
    return { ...props, ...Object.fromEntries(values) };
  }
}
