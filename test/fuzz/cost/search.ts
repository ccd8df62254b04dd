import type { Family, Genes } from './families';
import { type Cost, costOf } from './measure';
import type { Random } from './random';

/** A payload is no larger: what costs much in few bytes is found faster, and a request may have twelve times as many. */
export const PAYLOAD_BYTES = 512 * 1024;
/** 60 % of the memory of the functions that read and conclude. */
export const MEMORY = 0.6 * 1769 * 1024 * 1024;
/** How much more a byte may cost than one of an ordinary payload, and what any payload may cost, in milliseconds. */
export const FACTOR = 100;
export const CONSTANT = 1000;
/** A payload and what it costs. */
export interface Found {
  readonly genes: Genes;
  readonly cost: Cost;
}

/** A search in one family. */
export interface Search {
  readonly worst: Found;
  readonly tried: number;
  /** the first payload that costs too much; absent where there is none */
  readonly finding?: Found;
}

/** Milliseconds of a byte of an ordinary payload, of the best of some tries behind one that warms up. */
export async function referencePerByte(family: Family): Promise<number> {
  const genes = { ...family.ordinary, ...(family.ordinary.records && { records: 300 }) };
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const { bytes, milliseconds } = await costOf(family, genes);
    least = Math.min(least, milliseconds / bytes);
  }
  return least;
}

/**
 * Looks for the payload that costs most: takes one of the corpus, changes some of its genes, and keeps it if it costs more than the one of its kind. It
 * ends at the first finding, at the number of tries, or when told to.
 */
export async function search(
  family: Family,
  random: Random,
  {
    tries,
    isOver = () => false,
    perByte,
  }: { readonly tries: number; readonly isOver?: () => boolean; readonly perByte: number },
): Promise<Search> {
  const first = { genes: family.ordinary, cost: await costOf(family, family.ordinary) };
  const corpus = new Map<string, Found>([['', first]]);
  const worst = () => [...corpus.values()].sort((a, b) => score(b.cost, perByte) - score(a.cost, perByte))[0];
  let tried = 0;
  for (; tried < tries && !isOver(); tried += 1) {
    const kept = [...corpus.values()];
    const genes = changed(family, kept[Math.floor(random() * kept.length)].genes, random);
    if (genes === undefined) continue;
    const found = { genes, cost: await costOf(family, genes) };
    if (found.cost.bytes > PAYLOAD_BYTES && family.name !== 'parquet') continue;
    const kind = strangestOf(family, genes);
    const before = corpus.get(kind);
    if (!before || score(found.cost, perByte) > score(before.cost, perByte)) corpus.set(kind, found);
    if (isFinding(found.cost, perByte)) return { worst: worst(), tried, finding: found };
  }
  return { worst: worst(), tried };
}

/** The gene that differs most from an ordinary payload's: one payload of each kind is kept, so that a search does not end at the first that is expensive. */
function strangestOf({ ordinary }: Family, genes: Genes): string {
  const factor = (name: string) => (genes[name] + 1) / (ordinary[name] + 1);
  return Object.keys(ordinary).sort((a, b) => factor(b) - factor(a))[0];
}

/** The larger share of what a payload may cost, in time or in memory: a finding is above 1. */
const score = ({ bytes, milliseconds, memory }: Cost, perByte: number) =>
  Math.max(milliseconds / (FACTOR * perByte * bytes + CONSTANT), memory / MEMORY);

/** Whether a payload costs more than anyone should be able to make it, by what an ordinary byte costs. */
export const isFinding = (cost: Cost, perByte: number): boolean => score(cost, perByte) > 1;

/** Some genes changed; undefined where the payload would be far too large. */
function changed({ ordinary, most }: Family, genes: Genes, random: Random): Genes | undefined {
  const names = Object.keys(ordinary);
  const made: { [name: string]: number } = { ...genes };
  for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
    const name = names[Math.floor(random() * names.length)];
    made[name] = Math.max(Math.min(ordinary[name], 1), Math.min(most[name], gene(made[name], most[name], random)));
  }
  return roughBytes(made) > 4 * PAYLOAD_BYTES ? undefined : made;
}

/** Half of them of any size up to the most, else another one near by. */
function gene(value: number, most: number, random: Random): number {
  if (random() < 0.5) return Math.round(most ** random());
  const factor = [0, 0.25, 0.5, 2, 4, 16, 0.9, 1.1][Math.floor(random() * 8)];
  return Math.round((value + (factor > 1 ? 1 : 0)) * factor);
}

/** Not to make in memory what would be refused for its size. */
function roughBytes(genes: Genes): number {
  const { outer = 0, depth = 1, keys = 0, key = 0, value = 0, rows = 1, records = 1, columns = 0, field = 2 } = genes;
  const { beside = 0, length = 0, spaces = 0, nesting = 0, widths = 0, zeros } = genes;
  if (zeros !== undefined) return (zeros / 1000) * genes.pages;
  const row = outer * depth + keys * (key + value + 6) + (columns + widths) * (field + 1);
  return records * (rows * row + beside * (length + 5) + spaces + 2 * nesting);
}
