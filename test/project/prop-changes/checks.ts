import { unexpected } from './known';
import { PAIRS } from './pairs';
import type { Changes } from './settings';
import { SHAPES, type Shape } from './shapes';
import { Trial } from './trial';

/** One check: its name, and what is wrong. */
export interface CheckOutcome {
  readonly name: string;
  readonly faults: readonly string[];
}

/** Deploys an app, changes one prop after the other, and deletes it. */
export async function* propChanges(shape: string): AsyncGenerator<CheckOutcome> {
  const updates = updatesOf(SHAPES[shape]);
  const trial = await Trial.of(SHAPES[shape]);
  try {
    for (const [update, changes] of updates) {
      const name = `${shape}: ${update}`;
      yield { name, faults: unexpected(name, await trial.change(changes)) };
    }
    yield { name: `${shape}: deletion`, faults: await trial.delete() };
  } finally {
    await trial.close();
  }
}

/** What changes at once, by the prop, or by the struct where all of its props change together. */
export function updatesOf({ recipes, together = [] }: Shape): Map<string, Changes> {
  const updates = new Map<string, Changes>();
  for (const [prop, recipe] of Object.entries(recipes)) {
    const struct = prop.split('.')[0];
    const update = together.includes(struct) ? struct : prop;
    updates.set(update, { ...updates.get(update), [prop]: recipe });
  }
  return updates;
}

/** Changes that depend on what there was before. */
export async function* pairChanges(): AsyncGenerator<CheckOutcome> {
  for (const [name, steps] of Object.entries(PAIRS)) {
    const trial = await Trial.of(SHAPES.serverless);
    try {
      yield { name, faults: unexpected(name, [...(await trial.sequence(steps)), ...(await trial.delete())]) };
    } finally {
      await trial.close();
    }
  }
}

/** What is wrong with all of them, and how many there were. */
export async function gathered(outcomes: AsyncGenerator<CheckOutcome>): Promise<{ faults: string[]; count: number }> {
  const faults: string[] = [];
  let count = 0;
  for await (const outcome of outcomes) {
    count += 1;
    faults.push(...outcome.faults.map((fault) => `${outcome.name}: ${fault}`));
  }
  return { faults, count };
}
