import type { Authorizer } from '../account/authorizer';
import type { Table } from '../account/tables';
import { isMembers, type Members, objectMember, optionalText, textMember } from '../members';
import { conditionHolds, type Item, type Placeholders, updated } from './dynamodb-expression';
import { type Caller, type JsonOperation, jsonService, refuseViolations, type Service, ServiceError } from './service';

const EXPRESSION = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
const RETURNS = ['ReturnValues', 'ReturnValuesOnConditionCheckFailure'];

/**
 * DynamoDB: GetItem, PutItem and UpdateItem on tables with a partition key alone.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 */
export function dynamoDb(tables: ReadonlyMap<string, Table>, authorizer: Authorizer): Service {
  const allowed = (input: Members, caller: Caller, operation: string): Table => {
    const name = textMember(input, 'TableName', operation);
    const table = tables.get(name.slice(name.lastIndexOf('/') + 1));
    authorizer.require(caller, { action: `dynamodb:${operation}`, resource: table?.arn ?? name });
    if (table === undefined) {
      throw new ServiceError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
    }
    return table;
  };
  return jsonService({ name: 'DynamoDB', version: '1.0', model: 'dynamodb' }, itemOperations(allowed));
}

/** `allowed` gives the table of an input, or throws. */
function itemOperations(
  allowed: (input: Members, caller: Caller, operation: string) => Table,
): Record<string, JsonOperation> {
  return {
    GetItem: {
      members: ['TableName', 'Key', 'ConsistentRead'],
      run: (input, caller) => {
        const table = allowed(input, caller, 'GetItem');
        const item = table.items.get(keyOf(table, objectMember(input, 'Key', 'GetItem')));
        return item === undefined ? {} : { Item: item };
      },
    },
    PutItem: {
      members: ['TableName', 'Item', ...EXPRESSION, ...RETURNS],
      run: (input, caller) => {
        const table = allowed(input, caller, 'PutItem');
        const item = objectMember(input, 'Item', 'PutItem') as Item;
        const key = keyOf(table, { [table.partitionKey]: item[table.partitionKey] });
        return write(table, input, { key, change: () => item });
      },
    },
    UpdateItem: {
      members: ['TableName', 'Key', 'UpdateExpression', ...EXPRESSION, ...RETURNS],
      run: (input, caller) => {
        const table = allowed(input, caller, 'UpdateItem');
        const key = objectMember(input, 'Key', 'UpdateItem') as Item;
        const expression = optionalText(input, 'UpdateExpression', 'UpdateItem') ?? '';
        const change = (item: Item) => updated(expression, { ...item, ...key }, placeholders(input));
        return write(table, input, { key: keyOf(table, key), change });
      },
    },
  };
}

interface Write {
  /** of the table's items */
  readonly key: string;
  readonly change: (item: Item) => Item;
}

/** The condition did not hold; shows the item where the request asks for it. */
class ConditionFailed extends ServiceError {
  public constructor(private readonly item?: Item) {
    super('ConditionalCheckFailedException', 'The conditional request failed');
  }

  public override get members(): Members {
    return this.item === undefined ? {} : { Item: this.item };
  }
}

/** Checks the condition against the item as it is, then changes it. */
function write(table: Table, input: Members, { key, change }: Write): Members {
  const before = table.items.get(key);
  const condition = optionalText(input, 'ConditionExpression', table.name);
  if (condition !== undefined && !conditionHolds(condition, before ?? {}, placeholders(input))) {
    throw new ConditionFailed(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined);
  }
  const after = change(before ?? {});
  refuseViolations('dynamodb PutItem', { TableName: table.name, Item: after });
  table.items.set(key, after);
  return returned(String(input.ReturnValues ?? 'NONE'), before, after);
}

function returned(mode: string, before: Item | undefined, after: Item): Members {
  switch (mode) {
    case 'NONE':
      return {};
    case 'ALL_OLD':
      return before === undefined ? {} : { Attributes: before };
    case 'ALL_NEW':
      return { Attributes: after };
    default:
      throw new ServiceError('ValidationException', `the stand-in does not know ReturnValues '${mode}'`);
  }
}

function placeholders(input: Members): Placeholders {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
  return { names: isMembers(names) ? names : {}, values: isMembers(values) ? values : {} };
}

function keyOf(table: Table, key: Members): string {
  const value = key[table.partitionKey];
  if (Object.keys(key).length !== 1 || !isMembers(value)) {
    throw new ServiceError(
      'ValidationException',
      `The provided key element does not match the schema of ${table.name}`,
    );
  }
  return JSON.stringify(value);
}
