import { type ObjectLocation, objectIn, type PrefixLocation } from '../../../core/contract';
import { readJsonIfExists, readJsonIfKept, writeJson } from '../../../runtime/s3';
import { RECONCILER_KEYS, type Turn, type Turns } from '../contract';
import { isLeft, type TellableRun } from '../turns';

/** The turns of a monitor, by the folder of its reports; none where nobody has said anything. */
export async function readTurns(output: PrefixLocation): Promise<readonly Turn[]> {
  return (await givenTurns(output)).turns;
}

/** The same, and who has given them. */
export async function givenTurns(output: PrefixLocation): Promise<Turns> {
  return (await readJsonIfExists<Turns>(turnsLocation(output))) ?? { turns: [] };
}

/** Remembers the turns of a monitor. */
export async function writeTurns(output: PrefixLocation, turns: Turns): Promise<void> {
  await writeJson(turnsLocation(output), turns);
}

/** Whether the run of a monitor is now another engine's to tell: a deployment has given turns before there are runs. */
export async function isLeftNow(output: PrefixLocation, run: TellableRun): Promise<boolean> {
  const given = await readJsonIfKept<Turns>(turnsLocation(output));
  return isLeft(given?.turns ?? [], run, new Date());
}

function turnsLocation(output: PrefixLocation): ObjectLocation {
  return objectIn(output, RECONCILER_KEYS.turns);
}
