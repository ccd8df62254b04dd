import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { mapConcurrently } from '../../../runtime/concurrency';
import type { CustomResourceOutcome } from '../../../runtime/custom-resource';
import { reasonOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import type { TurnsProperties, TurnTaker } from '../contract';
import { turnsAfter } from '../turns';
import { givenTurns, writeTurns } from './monitor-turns';

/** Monitors whose turns are written at once. */
const MONITORS = 4;

/** A request of CloudFormation for the custom resource that gives engines their turns. */
export type TurnsEvent = CloudFormationCustomResourceEvent<TurnsProperties, TurnsProperties>;

/**
 * Gives each monitor's engine its turn, from now on, if it has not got it; forgets the turns of monitors that are gone.
 *
 * Everything may be called again: a turn that goes on keeps its beginning, and a request that has given a turn gives none when it comes once more, while or after
 * another one has given it back.
 */
export async function takeTurns(event: TurnsEvent): Promise<CustomResourceOutcome> {
  const takers = takersOf(event.ResourceProperties);
  if (event.RequestType === 'Delete') return forget(takers);
  const former = event.RequestType === 'Update' ? takersOf(event.OldResourceProperties) : [];
  await mapConcurrently(takers, MONITORS, async (taker) => {
    const before = await givenTurns(taker.output);
    const after = turnsAfter(before, { id: event.RequestId, taker, now: new Date() });
    if (after !== before) await writeTurns(taker.output, after);
  });
  return forget(former.filter(({ output }) => !takers.some((taker) => isSamePlace(taker.output, output))));
}

/**
 * A bucket of the user that is gone, or closed to this stack, is no reason to keep the stack; nor is one that this function may write no more, as the
 * place of reports that an update, or its rollback, moves away from: policies change before this.
 */
async function forget(takers: readonly TurnTaker[]): Promise<CustomResourceOutcome> {
  await mapConcurrently(takers, MONITORS, async ({ output }) => {
    await writeTurns(output, { turns: [] }).catch((error: unknown) =>
      log('turns stay', { ...output, words: reasonOf(error) }),
    );
  });
  return { status: 'SUCCESS' };
}

function takersOf({ Monitors: monitors }: TurnsProperties): TurnTaker[] {
  return JSON.parse(monitors);
}

function isSamePlace(one: TurnTaker['output'], other: TurnTaker['output']): boolean {
  return one.bucket === other.bucket && one.prefix === other.prefix;
}
