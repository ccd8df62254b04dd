import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { awsError } from './s3-store';

/** One row of a table: evaluates `attribute_not_exists(a) OR a < :b OR a = :b` and `SET a = :b, ...`. */
export class TableRow {
  public readonly attributes: Record<string, AttributeValue> = {};
  private failing?: string;

  /** The next update that sets this attribute fails. */
  public failOnce(attribute: string): void {
    this.failing = attribute;
  }

  public update(input: UpdateItemCommandInput): { Attributes: Record<string, AttributeValue> } {
    const names = input.ExpressionAttributeNames ?? {};
    const values = input.ExpressionAttributeValues ?? {};
    const met = input.ConditionExpression?.split(' OR ').some((term) => this.isMet(term, names, values)) ?? true;
    if (!met) throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
    const assignments = (input.UpdateExpression ?? '').replace(/^SET /, '').split(', ');
    const set = assignments.map((assignment) => assignment.split(' = '));
    if (set.some(([name]) => names[name] === this.failing)) {
      this.failing = undefined;
      throw awsError('ResourceNotFoundException', 'table is gone');
    }
    for (const [name, value] of set) this.attributes[names[name]] = values[value];
    return { Attributes: this.attributes };
  }

  private isMet(term: string, names: Record<string, string>, values: Record<string, AttributeValue>): boolean {
    const absent = /^attribute_not_exists\((\S+)\)$/.exec(term);
    if (absent) return this.attributes[names[absent[1]]] === undefined;
    const [name, operator, value] = term.split(' ');
    const have = this.attributes[names[name]];
    const want = values[value];
    if (have === undefined) return false;
    if (operator === '=') return have.S === want.S && have.N === want.N;
    if (operator === '<') return Number(have.N) < Number(want.N);
    throw new Error(`unknown condition ${term}`);
  }
}
