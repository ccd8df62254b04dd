import type { Item } from '../stand-in/dynamodb-expression';

/** A DynamoDB table with a partition key, and no sort key. */
export interface Table {
  readonly arn: string;
  readonly name: string;
  readonly partitionKey: string;
  /** by the JSON of the partition key's value */
  readonly items: Map<string, Item>;
}
