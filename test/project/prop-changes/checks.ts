import { unexpected } from './known';
import { PAIRS } from './pairs';
import { SHAPES } from './shapes';
import { Trial } from './trial';

/** One check: its name, and what is wrong. */
export interface CheckOutcome {
  readonly name: string;
  readonly faults: readonly string[];
}

/** Deploys an app, changes one prop after the other, and deletes it. */
export async function* propChanges(shape: string): AsyncGenerator<CheckOutcome> {
  const { recipes } = SHAPES[shape];
  const trial = await Trial.of(SHAPES[shape]);
  try {
    for (const [prop, recipe] of Object.entries(recipes)) {
      const name = `${shape}: ${prop}`;
      yield { name, faults: unexpected(name, await trial.change({ [prop]: recipe })) };
    }
    yield { name: `${shape}: deletion`, faults: await trial.delete() };
  } finally {
    await trial.close();
  }
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
