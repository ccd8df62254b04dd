/** A parsed JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Json;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A CloudFormation template. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
  readonly [section: string]: unknown;
}

/** A template with what people call its resources. */
export interface NamedTemplate {
  readonly template: Template;
  /** construct paths without the stack, by logical id */
  readonly paths: Readonly<Record<string, string>>;
}

/** The templates of an app, by the name of the stack. */
export type AppTemplates = Readonly<Record<string, NamedTemplate>>;

/** True for JSON objects, not for lists or null. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
