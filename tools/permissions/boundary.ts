import type { DocumentedRole, Statement } from './roles';

/** A policy that is attached as permissions boundary. */
export interface Boundary {
  readonly Version: '2012-10-17';
  readonly Statement: readonly BoundaryStatement[];
}

/** What of one service the roles use, under one condition. */
export interface BoundaryStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: '*';
  readonly Condition?: Statement['Condition'];
}

/** The narrowest boundary by actions and conditions under which all these roles can do what they do. */
export function boundaryOf(roles: readonly DocumentedRole[]): Boundary {
  const groups = new Map<string, { readonly condition?: Statement['Condition']; readonly actions: Set<string> }>();
  for (const { Action, Condition } of roles.flatMap(({ statements }) => statements)) {
    const condition = isLiteral(Condition) ? inOrder(Condition) : undefined;
    for (const action of [Action].flat()) {
      const key = `${sidOf(action)} ${JSON.stringify(condition)}`;
      const group = groups.get(key) ?? { condition, actions: new Set() };
      groups.set(key, group);
      group.actions.add(action);
    }
  }
  const ordered = [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
  return { Version: '2012-10-17', Statement: numbered(ordered.map(statementOf)) };
}

function statementOf({
  condition,
  actions,
}: {
  readonly condition?: Statement['Condition'];
  readonly actions: ReadonlySet<string>;
}): BoundaryStatement {
  const Action = [...actions].sort();
  return { Sid: sidOf(Action[0]), Effect: 'Allow', Action, Resource: '*', Condition: condition };
}

/** The keys of S3 that a role may list are its own; services and namespaces are the same in every app. */
function isLiteral(condition: Statement['Condition']): boolean {
  const written = JSON.stringify(condition ?? '');
  return !written.includes('s3:prefix') && !/"(?:Ref|Fn::\w+)"/.test(written);
}

/** With values in one order, so that equal conditions are written alike. */
function inOrder(condition: Statement['Condition'] = {}): Statement['Condition'] | undefined {
  const operators = Object.entries(condition).map(([operator, keys]) => {
    const sorted = Object.entries(keys).map(([key, values]) => [
      key,
      Array.isArray(values) ? [...values].sort() : values,
    ]);
    return [operator, Object.fromEntries(sorted)];
  });
  return operators.length === 0 ? undefined : Object.fromEntries(operators);
}

function sidOf(action: string): string {
  const service = action.slice(0, action.indexOf(':'));
  return service[0].toUpperCase() + service.slice(1);
}

/** Sids are unique in a policy. */
function numbered(statements: readonly BoundaryStatement[]): BoundaryStatement[] {
  return statements.map((statement, index) => {
    const same = statements.slice(0, index).filter(({ Sid }) => Sid === statement.Sid).length;
    return same === 0 ? statement : { ...statement, Sid: `${statement.Sid}${same + 1}` };
  });
}
