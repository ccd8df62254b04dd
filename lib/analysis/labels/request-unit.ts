/** What requests are of that depend on each other, as those of one person; one of the members. */
export type RequestUnit =
  /** what stands behind `{name}=` in a part of the custom attributes, between commas and semicolons */
  | { readonly customAttribute: string }
  /** what stands before this text in the caller's identifier */
  | { readonly inferenceIdBefore: string };

/** What of a captured request says which unit it is of. */
export interface UnitSource {
  /** the caller's identifier, else the service's */
  readonly id: string;
  /** the service's own; absent where the record has none */
  readonly eventId?: string;
  /** as it was captured: a list of texts */
  readonly customAttributes?: unknown;
}

/**
 * The unit that a request is of. All requests that say none are one, the empty text: they may depend on each other.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 */
export function unitOf(unit: RequestUnit, { id, eventId, customAttributes }: UnitSource): string {
  if ('customAttribute' in unit) return attributeOf(unit.customAttribute, customAttributes);
  const end = id === eventId ? -1 : id.indexOf(unit.inferenceIdBefore);
  return end > 0 ? id.slice(0, end) : '';
}

function attributeOf(name: string, customAttributes: unknown): string {
  const texts = Array.isArray(customAttributes) ? customAttributes.filter((each) => typeof each === 'string') : [];
  const parts = texts.flatMap((text: string) => text.split(/[,;]/)).map((part) => part.trim());
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}
