import { type Bar, PAYLOAD_BYTES } from './bars';
import type { Family, Genes } from './families';
import { type Cost, costOf } from './measure';
import type { Random } from './random';

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

/** How long a search goes on, and what it looks for. */
export interface SearchOptions {
  readonly tries: number;
  readonly isOver?: () => boolean;
  readonly bar: Bar;
  /** beside an ordinary one, what to begin with; none where absent */
  readonly known?: readonly Genes[];
}

/**
 * Looks for the payload that costs most: takes one of the corpus, changes some of its genes, and keeps it if it costs more than the one of its kind. It
 * ends at the first finding, at the number of tries, or when told to.
 */
export async function search(family: Family, random: Random, options: SearchOptions): Promise<Search> {
  const { tries, isOver = () => false, bar, known = [] } = options;
  const corpus = new Corpus(family, bar);
  for (const genes of [{}, ...known]) await corpus.add({ ...family.ordinary, ...genes });
  let tried = 0;
  for (; tried < tries && !isOver(); tried += 1) {
    const genes = changed(family, corpus.one(random), { random, bytes: bar.bytes });
    const found = genes && (await corpus.add(genes));
    if (found && bar.score(found.cost) > 1 && bar.isConfirmed(family, found.genes)) {
      return { worst: corpus.worst(), tried, finding: found };
    }
  }
  return { worst: corpus.worst(), tried };
}

/** The payloads that cost most, one of each kind: so a search does not end at the first that is expensive. */
class Corpus {
  private readonly kept = new Map<string, Found>();

  constructor(
    private readonly family: Family,
    private readonly bar: Bar,
  ) {}

  /** Measures a payload, and keeps it where it costs most; undefined where it is too large. */
  async add(genes: Genes): Promise<Found | undefined> {
    const { family, bar } = this;
    const found = { genes, cost: await costOf(family, genes, bar.isProfileAlone) };
    if (!bar.isWithin(family, found.cost)) return undefined;
    const kind = strangestOf(family, genes);
    const before = this.kept.get(kind);
    if (!before || bar.score(found.cost) > bar.score(before.cost)) this.kept.set(kind, found);
    return found;
  }

  /** Genes of any of them. */
  one(random: Random): Genes {
    const kept = [...this.kept.values()];
    return kept[Math.floor(random() * kept.length)].genes;
  }

  worst(): Found {
    return [...this.kept.values()].sort((a, b) => this.bar.score(b.cost) - this.bar.score(a.cost))[0];
  }
}

/** The gene that differs most from an ordinary payload's. */
function strangestOf({ ordinary }: Family, genes: Genes): string {
  const factor = (name: string) => (genes[name] + 1) / (ordinary[name] + 1);
  return Object.keys(ordinary).sort((a, b) => factor(b) - factor(a))[0];
}

/** Some genes changed; undefined where the payload would be far too large. */
function changed(
  { name: family, ordinary, most }: Family,
  genes: Genes,
  { random, bytes }: { readonly random: Random; readonly bytes: number },
): Genes | undefined {
  const larger = family === 'parquet' ? 1 : Math.max(1, bytes / PAYLOAD_BYTES);
  const names = Object.keys(ordinary);
  const made: { [name: string]: number } = { ...genes };
  for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
    const name = names[Math.floor(random() * names.length)];
    const allowed = larger * most[name];
    made[name] = Math.max(Math.min(ordinary[name], 1), Math.min(allowed, gene(made[name], allowed, random)));
  }
  return roughBytes(made) > 4 * bytes ? undefined : made;
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
  return records * (rows * row + Math.max(1, beside) * (length + 5) + spaces + 2 * nesting);
}
