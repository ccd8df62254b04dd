// What resources of an app promise, whatever these are called: who is allowed what, what alarms watch, what rules match.

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Principal?: object;
  readonly Resource?: unknown;
  readonly Condition?: { readonly [operator: string]: object };
}

/** Counts of everything that roles, policies, alarms and rules say, by its text: of apps with the same promises they are equal. */
export function promisesOf(resources: readonly Resource[]): { readonly [text: string]: number } {
  const counts: { [text: string]: number } = {};
  for (const text of resources.flatMap(textsOf)) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

function textsOf({ Type, Properties = {} }: Resource): string[] {
  if (Type === 'AWS::CloudWatch::Alarm') return [[Type, watched(Properties)].join(' ')];
  if (Type === 'AWS::Events::Rule')
    return [[Type, shapeOf(Properties.EventPattern), shapeOf(Properties.Targets)].join(' ')];
  return statementsIn(Properties).map((statement) => [Type, said(statement)].join(' '));
}

/** Statements at any depth: of trust, of policies inside, of policies beside. */
function statementsIn(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { readonly Statement?: Statement[] }).Statement;
  return own ?? Object.values(value).flatMap(statementsIn);
}

/** Without the resources' names, which follow from ids of constructs; how many there are is part of it. */
function said({ Effect, Action, Principal, Resource, Condition = {} }: Statement): string {
  const conditions = Object.entries(Condition).map(([operator, keys]) => [operator, Object.keys(keys).sort()]);
  const count = Resource === undefined ? 0 : [Resource].flat().length;
  return JSON.stringify([Effect, [Action].flat().sort(), Principal && shapeOf(Principal), count, conditions.sort()]);
}

function watched({
  AlarmActions,
  Dimensions,
  AlarmDescription,
  ...others
}: {
  readonly [name: string]: unknown;
}): string {
  const names = (Dimensions as { readonly Name: string }[]).map(({ Name }) => Name);
  const sorted = Object.entries(others).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([names, (AlarmActions as unknown[]).length, sorted]);
}

/** Members and how many there are, not what they hold. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shapeOf).join()}]`;
  if (typeof value !== 'object' || value === null) return typeof value;
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}:${shapeOf(member)}`)
    .sort()
    .join()}}`;
}
