import { createHash } from 'node:crypto';
import { canonical, canonicalResource, referencesOf, type Token, textOf, withoutAssets } from './canonical';
import type { NamedTemplate, TemplateResource } from './template';

/** Which resource of the new template each of the old one has become: logical ids, old to new. */
export type Pairs = ReadonlyMap<string, string>;

/** Rounds in which what is known of a resource reaches those that refer to it. */
const ROUNDS = 4;

/**
 * Pairs resources: those with the same logical id; then those that have the same construct path and type; then those that are equal but
 * for names of resources that moved themselves; then, of what is left, the most similar of one type.
 */
export function pairsOf(before: NamedTemplate, after: NamedTemplate): Pairs {
  const pairing = new Pairing(before, after);
  for (const id of pairing.before.open()) if (id in pairing.after.resources) pairing.pair(id, id);
  pairing.match((side) => side.paths());
  pairing.match((side) => side.colours({ withUsers: true }));
  pairing.match((side) => side.colours({ withUsers: false }));
  pairing.similar();
  return pairing.pairs;
}

/** The token of each resource of the old and of the new template: paired resources have the same. */
export function tokensOf(pairs: Pairs): { readonly before: Token; readonly after: Token } {
  const backwards = new Map([...pairs].map(([from, to]) => [to, from]));
  return {
    before: (id) => (pairs.has(id) ? `#${id}` : undefined),
    after: (id) => (backwards.has(id) ? `#${backwards.get(id)}` : undefined),
  };
}

/** One of the two templates while its resources are paired. */
class Side {
  public readonly resources: Readonly<Record<string, TemplateResource>>;

  /** `tokens`: what stands for its paired resources */
  public constructor(
    private readonly named: NamedTemplate,
    public readonly tokens: Map<string, string> = new Map(),
  ) {
    this.resources = named.template.Resources ?? {};
  }

  /** Resources without a pair. */
  public open(): string[] {
    return Object.keys(this.resources).filter((id) => !this.tokens.has(id));
  }

  public paths(): Map<string, string> {
    const known = this.open().filter((id) => this.named.paths[id] !== undefined);
    return new Map(known.map((id) => [id, `${this.resources[id].Type} ${this.named.paths[id]}`]));
  }

  /** What each unpaired resource is, seen through what it refers to, and if wanted, through what refers to it: that tells twins apart. */
  public colours({ withUsers }: { readonly withUsers: boolean }): Map<string, string> {
    const open = this.open();
    const users = new Map(open.map((id) => [id, withUsers ? this.usersOf(id) : []]));
    let colours = new Map(open.map((id) => [id, this.resources[id].Type]));
    for (let round = 0; round < ROUNDS; round += 1) {
      const known = colours;
      const token: Token = (id) => this.tokens.get(id) ?? known.get(id);
      const colourOf = (id: string) => {
        const own = withoutAssets(textOf(canonicalResource(this.resources[id], token)));
        return textOf([own, ...(users.get(id) ?? []).map((user) => token(user)).sort()]);
      };
      colours = new Map(open.map((id) => [id, createHash('sha256').update(colourOf(id)).digest('base64')]));
    }
    return colours;
  }

  private usersOf(id: string): string[] {
    const isIt: Token = (other) => (other === id ? other : undefined);
    return Object.keys(this.resources).filter((user) => referencesOf(this.resources[user].Properties, isIt).size > 0);
  }

  public properties(id: string): Map<string, string> {
    const token: Token = (other) => this.tokens.get(other);
    const entries = Object.entries(this.resources[id].Properties ?? {});
    return new Map(entries.map(([name, value]) => [name, withoutAssets(textOf(canonical(value, token)))]));
  }
}

class Pairing {
  public readonly pairs = new Map<string, string>();
  public readonly before: Side;
  public readonly after: Side;

  public constructor(before: NamedTemplate, after: NamedTemplate) {
    this.before = new Side(before);
    this.after = new Side(after);
  }

  public pair(from: string, to: string): void {
    this.pairs.set(from, to);
    this.before.tokens.set(from, `#${from}`);
    this.after.tokens.set(to, `#${from}`);
  }

  /** Pairs what has the same key on both sides, in order. */
  public match(keysOf: (side: Side) => ReadonlyMap<string, string>): void {
    const open = [...keysOf(this.after)];
    for (const [id, key] of keysOf(this.before)) {
      const found = open.findIndex(([, other]) => other === key);
      if (found >= 0) this.pair(id, open.splice(found, 1)[0][0]);
    }
  }

  /** Pairs what is left with what has most properties in common, at least half of them. */
  public similar(): void {
    for (const id of this.before.open()) {
      const scored = this.after.open().map((other) => ({ other, score: this.similarity(id, other) }));
      const [best] = scored.sort((a, b) => b.score - a.score);
      if (best !== undefined && best.score >= 0.5) this.pair(id, best.other);
    }
  }

  /** The share of properties that are equal, 0 to 1. */
  private similarity(id: string, other: string): number {
    if (this.before.resources[id].Type !== this.after.resources[other].Type) return 0;
    const [left, right] = [this.before.properties(id), this.after.properties(other)];
    const names = [...new Set([...left.keys(), ...right.keys()])];
    return names.length === 0 ? 1 : names.filter((name) => left.get(name) === right.get(name)).length / names.length;
  }
}
