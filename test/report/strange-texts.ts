/** The run with another text in every place where a stranger's may stand: the same shape, so that the page has the same tags. */
export function withTexts<Told>(run: Told, textOf: (text: string) => string): Told {
  const renamed = new Map<string, string>();
  const other = (text: string) => {
    const known = renamed.get(text) ?? textOf(text);
    renamed.set(text, known);
    return known;
  };
  return replaced(run, other) as Told;
}

/** Members whose text comes from data, from clients, or from containers. */
const TEXTS = new Set([
  'feature',
  'name',
  'description',
  'reason',
  'value',
  'file',
  'error',
  'failureReason',
  'endpointName',
  'value_or_threshold',
  'method',
  'executionId',
  'by',
  'pipelineName',
  'monitorId',
  'title',
  'detail',
  'topic',
  'sender',
  'subject',
  'body',
  'pipeline',
  'clientRequestToken',
  'executionArn',
  'reportUri',
]);
/** Members whose own members are called as data say. */
const NAMED_BY_DATA = new Set(['global_shap_values', 'facets']);

function replaced(value: unknown, textOf: (text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return TEXTS.has(key) ? textOf(value) : value;
  if (Array.isArray(value))
    return value.map((each) => replaced(each, textOf, key === 'leftOut' || key === 'read' ? 'name' : key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      NAMED_BY_DATA.has(key) ? textOf(name) : name,
      replaced(member, textOf, name),
    ]),
  );
}

/** Everything but what a page has by itself: line breaks of its own template. */
export const UNPRINTABLE = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/u;
