import { broken } from './model';
import { type Engine, EXECUTIONS, type Execution, type Scenery, seenOf } from './scenes';
import { drawn, everyTrial, numbers, ONE_BY_ONE, type Schedule } from './schedule';
import { type Invocation, Stage } from './stage';

/** What a trial came to: what does not hold, and the steps that lead there. */
export interface Tried {
  readonly broken: readonly string[];
  readonly steps: readonly string[];
}

/** What does not hold in a trial, and how to come there again; nothing where all holds. */
export function wordsOf(name: string, { broken: words, steps }: Tried): string {
  return words.length === 0
    ? ''
    : `${name}: ${words.join('; ')}\n${steps.map((step, at) => `${at} ${step}`).join('\n')}`;
}

/** What a trial is made of; what is absent is drawn, or the usual. */
export interface Trial {
  readonly engine: Engine;
  /** who concludes the window, and reconciles it at 11:37 */
  readonly first: readonly Invocation[];
  readonly schedule: Schedule;
  /** who comes later, and meets the same schedule */
  readonly later?: readonly Invocation[];
  readonly keepsConditions?: boolean;
}

/** Runs invocations as a schedule says, and then the reconciliation of a later hour, to which nothing happens any more. */
export async function tried(scenery: Scenery, trial: Trial): Promise<Tried> {
  const { engine, first, later = [], schedule, keepsConditions } = trial;
  const cloud = scenery.cloud(engine, keepsConditions);
  const stage = new Stage(cloud);
  scenery.passTo(FIRST);
  await stage.run(first, schedule);
  scenery.passTo(LATER);
  await stage.run(later, schedule);
  scenery.passTo(LAST);
  await stage.run([scenery.reconciliation(engine, LAST)], ONE_BY_ONE);
  return { broken: broken(seenOf(cloud, stage, DUE.length)), steps: stage.steps };
}

/** Minutes past ten of reconciliations, and the hours at which runs were due that are judged by the last one. */
const [FIRST, LATER, LAST] = [97, 157, 217];
const DUE = [10, 11, 12];

/** Faults among the calls of a drawn trial: their rate, and how many there are at most. */
const [RATE, MOST] = [0.08, 4];

/** A trial that is drawn: on either engine, with one to four conclusions, repeated and late reconciliations, and up to four faults. */
export function drawnTrial(scenery: Scenery, seed: number, keepsConditions = true): Promise<Tried> {
  const next = numbers(seed);
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: Math.floor(next() * (most + 1)) }, make);
  const engine = among<Engine>(['serverless', 'serverless', 'model-monitor']);
  const ends = among<readonly Execution[]>([
    ['failed', 'empty', 'drifted'],
    ['failed', 'unlabelled', 'labelled'],
  ]);
  const conclusion = () => scenery.conclusion(among(EXECUTIONS), among(ends));
  const twice = [conclusion(), ...some(2, conclusion)];
  const first = [
    ...twice,
    ...(next() < 0.5 ? [among(twice)] : []),
    ...some(2, () => scenery.reconciliation(engine, FIRST)),
  ];
  const later = [scenery.reconciliation(engine, LATER), ...some(1, () => scenery.reconciliation(engine, FIRST))];
  return tried(scenery, { engine, first, later, schedule: drawn(next, RATE, MOST), keepsConditions });
}

/** More steps than one execution has. */
const STEPS = 13;

/** All trials of two executions, one that failed and one that did not. */
export function everyTrialOfTwo(scenery: Scenery, each: (name: string, tried: Tried) => void): Promise<number> {
  return everyTrial({
    most: STEPS,
    each,
    run: (schedule) => {
      const first = [scenery.conclusion('e1', 'failed'), scenery.conclusion('e2', 'empty')];
      return tried(scenery, { engine: 'serverless', first, schedule });
    },
  });
}
