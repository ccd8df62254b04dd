import { random } from '../data-quality/detectors/traffic';
import { DRIFT } from './drift';
import { KEYS, UNKNOWN } from './keys';
import { isSilent, toldOf } from './monitor';
import { sameWindow } from './same';
import { type Endpoint, endpoint } from './traffic';
import { ANSWERS, TYPES } from './types';
import { UNREAD } from './unread';
import type { Variant } from './variant';

/** Kinds of what goes wrong, in variants. */
export const KINDS: { readonly [kind: string]: readonly Variant[] } = {
  'a column is called otherwise, wrapped or lacks': KEYS,
  'values of a column have another type': TYPES,
  'more than 1 % of the records cannot be read': UNREAD,
  'a column drifts': DRIFT,
  'there are unknown columns': UNKNOWN,
  'more than 1 % of the answers are none': ANSWERS,
};

/** Kinds in which nothing changes. */
export const UNCHANGED = ['nothing changes', 'values are written otherwise'] as const;

/** What came of the draws of one kind. */
export interface Tally {
  draws: number;
  /** those told wrongly, in words that repeat them; of what does not change, those that are not silent */
  readonly wrong: string[];
  /** by variant */
  readonly byVariant: Map<string, { draws: number; wrong: number }>;
}

/** The tallies by kind, and windows whose violations depend on how they are written. */
export interface Tallies {
  readonly kinds: ReadonlyMap<string, Tally>;
  readonly otherwise: string[];
}

/** Draws as many endpoints, each with its own baseline, and a window of each kind for it. */
export async function drawn(draws: number, seed: number): Promise<Tallies> {
  const names = [...Object.keys(KINDS), ...UNCHANGED];
  const kinds = new Map(names.map((name): [string, Tally] => [name, { draws: 0, wrong: [], byVariant: new Map() }]));
  const tallies: Tallies = { kinds, otherwise: [] };
  for (let draw = 0; draw < draws; draw++) {
    const own = (place: number) => random(seed + 7919 * draw + 104_729 * place); // a kind that draws more moves no other
    const one = await endpoint(own(0));
    await addUnchanged(tallies, { endpoint: one, draw, next: own(1) });
    for (const [index, [name, variants]] of Object.entries(KINDS).entries()) {
      await addKind(tallyOf(tallies, name), variants, { endpoint: one, draw, next: own(2 + index) });
    }
  }
  return tallies;
}

interface Draw {
  readonly endpoint: Endpoint;
  readonly draw: number;
  readonly next: () => number;
}

function tallyOf({ kinds }: Tallies, name: string): Tally {
  const tally = kinds.get(name);
  if (!tally) throw new Error(`no kind is called ${name}`);
  return tally;
}

/** The variants take turns; one that the endpoint has nothing for is passed over. */
async function addKind(tally: Tally, variants: readonly Variant[], { endpoint, draw, next }: Draw): Promise<void> {
  for (let turn = 0; turn < variants.length; turn++) {
    const variant = variants[(draw + turn) % variants.length];
    const window = variant.window(endpoint, next);
    if (!window) continue;
    const told = await toldOf(endpoint.baseline, window.traffic);
    const isRight = window.isRight(told);
    add(tally, variant.name, isRight ? undefined : `draw ${draw}, ${variant.name}, ${window.drawn}: ${words(told)}`);
    return;
  }
  throw new Error(`no variant fits draw ${draw}`);
}

async function addUnchanged(tallies: Tallies, { endpoint, draw, next }: Draw): Promise<void> {
  const [plain, otherwise] = UNCHANGED.map((name) => tallyOf(tallies, name));
  const window = sameWindow(endpoint, next);
  const [one, other] = [
    await toldOf(endpoint.baseline, window.plain),
    await toldOf(endpoint.baseline, window.otherwise),
  ];
  const told = `draw ${draw}, ${window.drawn}: `;
  add(plain, 'as the baseline', isSilent(one) ? undefined : told + words(one));
  add(otherwise, window.drawn.split(',')[0], isSilent(other) ? undefined : told + words(other));
  if (words(one) !== words(other)) tallies.otherwise.push(`${told}${words(one)}, else ${words(other)}`);
}

function add(tally: Tally, variant: string, wrong: string | undefined): void {
  const counts = tally.byVariant.get(variant) ?? { draws: 0, wrong: 0 };
  tally.byVariant.set(variant, counts);
  tally.draws += 1;
  counts.draws += 1;
  if (wrong === undefined) return;
  counts.wrong += 1;
  tally.wrong.push(wrong);
}

const words = ({ status, health, healthReasons, violations, unreadable }: Awaited<ReturnType<typeof toldOf>>) =>
  `${status}, health ${health} ${JSON.stringify(healthReasons)}, ${JSON.stringify(violations)}, ${unreadable.recordCount} read, ${unreadable.unreadableCount} not`;
