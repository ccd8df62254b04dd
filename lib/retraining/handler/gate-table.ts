import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GATE_SECONDS, GATE_TABLE } from '../contract';
import type { GateRow, withDecided } from '../gate-decision';
import type { Started } from './pipeline';

/** One invocation's claim on a trigger's row. */
export interface Lease {
  readonly tableName: string;
  readonly triggerId: string;
  readonly eventId: string;
  /** derived from the event, so that a retry of it holds the same lease */
  readonly leaseId: string;
}

const dynamo = new DynamoDBClient({});

/**
 * Takes the lease, or returns undefined where another event holds it. A retry of the same event takes its own lease again.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
 */
export async function takeLease(lease: Lease, now: number): Promise<GateRow | undefined> {
  try {
    const { Attributes: row = {} } = await dynamo.send(
      update(lease, {
        set: {
          [GATE_TABLE.leaseId]: { S: lease.leaseId },
          [GATE_TABLE.eventId]: { S: lease.eventId },
          [GATE_TABLE.leaseUntil]: { N: String(now + GATE_SECONDS.lease * 1000) },
        },
        condition: 'attribute_not_exists(#leaseUntil) OR #leaseUntil < :now OR #leaseId = :lease',
        values: { ':now': { N: String(now) } },
        names: { '#leaseUntil': GATE_TABLE.leaseUntil },
      }),
    );
    return gateRow(row);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** Notes, before the start is asked for, that the holder of the lease starts the pipeline. */
export async function noteDecision(lease: Lease): Promise<void> {
  await dynamo.send(update(lease, { set: { [GATE_TABLE.decidedLeaseId]: { S: lease.leaseId } } }));
}

/** Notes the start and the outcomes that are known now, and gives the lease back. */
export async function noteStart(lease: Lease, { executionArn, startedAt }: Started, outcomes: Outcomes): Promise<void> {
  const set = {
    ...known(outcomes),
    [GATE_TABLE.startedAt]: { N: String(startedAt) },
    [GATE_TABLE.executionArn]: { S: executionArn },
    [GATE_TABLE.startedEventId]: { S: lease.eventId },
    [GATE_TABLE.leaseUntil]: { N: '0' },
  };
  await dynamo.send(update(lease, { set }));
}

/** Notes the outcomes that are known now, and gives the lease back without a start. */
export async function releaseLease(lease: Lease, outcomes: Outcomes): Promise<void> {
  await dynamo.send(update(lease, { set: { ...known(outcomes), [GATE_TABLE.leaseUntil]: { N: '0' } } }));
}

/** What was decided, as {@link withDecided} has it. */
type Outcomes = ReturnType<typeof withDecided>;

function known(outcomes: Outcomes): Change['set'] {
  return outcomes ? { [GATE_TABLE.decidedOutcomes]: { L: outcomes.map((S) => ({ S })) } } : {};
}

interface Change {
  readonly set: { readonly [attribute: string]: AttributeValue };
  /** where absent: only while the lease is held */
  readonly condition?: string;
  readonly names?: Record<string, string>;
  readonly values?: Record<string, AttributeValue>;
}

function update(lease: Lease, { set, condition = '#leaseId = :lease', names, values }: Change): UpdateItemCommand {
  const attributes = Object.entries(set);
  return new UpdateItemCommand({
    TableName: lease.tableName,
    Key: { [GATE_TABLE.partitionKey]: { S: lease.triggerId } },
    UpdateExpression: `SET ${attributes.map((_, i) => `#set${i} = :set${i}`).join(', ')}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: {
      ...Object.fromEntries(attributes.map(([name], i) => [`#set${i}`, name])),
      '#leaseId': GATE_TABLE.leaseId,
      ...names,
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(attributes.map(([, value], i) => [`:set${i}`, value])),
      ':lease': { S: lease.leaseId },
      ...values,
    },
    ReturnValues: 'ALL_NEW',
  });
}

function gateRow(row: Record<string, AttributeValue>): GateRow {
  const startedAt = row[GATE_TABLE.startedAt]?.N;
  return {
    startedAt: startedAt === undefined ? undefined : Number(startedAt),
    startedEventId: row[GATE_TABLE.startedEventId]?.S,
    decidedLeaseId: row[GATE_TABLE.decidedLeaseId]?.S,
    decidedOutcomes: row[GATE_TABLE.decidedOutcomes]?.L?.map(({ S = '' }) => S),
  };
}
