import { isCustomResource } from '../../lib/cloud/deployment/custom-resource';
import { type ReplacementFigures, replacementFigures } from '../../lib/cloud/service-model/replacement';
import { canonical, canonicalResource, referencesOf, type Token, textOf, withoutAssets } from './canonical';
import { type Difference, differences } from './difference';
import { type Pairs, pairsOf, tokensOf } from './pairing';
import type { NamedTemplate, TemplateResource } from './template';

/** What happens to a resource when a stack is updated. */
export type Fate =
  | 'added'
  | 'removed'
  /** another takes its place: the logical id, or a property that cannot be updated, has changed */
  | 'replaced'
  /** CloudFormation would refuse the update */
  | 'refused'
  /** properties change in place */
  | 'changed'
  /** nothing but hashes of assets changes */
  | 'assets';

/** One difference between two templates. */
export interface Change {
  readonly fate: Fate;
  /** construct path, or logical id where there is none; name of an export or of a section of the template */
  readonly path: string;
  /** type of the resource, `Export` or `Section` */
  readonly type: string;
  /** why it is replaced or refused */
  readonly reasons: readonly string[];
  /** what differs in its properties */
  readonly differences: readonly Difference[];
}

/** Everything that an update from one template to another does. */
export function changesOf(before: NamedTemplate, after: NamedTemplate): Change[] {
  return new Comparison(before, after).changes();
}

class Comparison {
  private readonly pairs: Pairs;
  private readonly tokens: { readonly before: Token; readonly after: Token };
  private readonly old: Readonly<Record<string, TemplateResource>>;
  private readonly new: Readonly<Record<string, TemplateResource>>;
  /** why each resource (by old logical id) gets another physical id */
  private readonly replaced = new Map<string, string[]>();

  public constructor(
    private readonly before: NamedTemplate,
    private readonly after: NamedTemplate,
  ) {
    this.pairs = pairsOf(before, after);
    this.tokens = tokensOf(this.pairs);
    this.old = before.template.Resources ?? {};
    this.new = after.template.Resources ?? {};
    this.findReplaced();
  }

  public changes(): Change[] {
    const gone = Object.keys(this.old).filter((id) => !this.pairs.has(id));
    const arrived = new Set(Object.keys(this.new));
    for (const id of this.pairs.values()) arrived.delete(id);
    return [
      ...gone.map((id) => change('removed', { side: this.before, id })),
      ...[...this.pairs].flatMap(([from, to]) => this.pairChange(from, to) ?? []),
      ...[...arrived].map((id) => change('added', { side: this.after, id })),
      ...this.exportChanges(),
      ...this.sectionChanges(),
    ].sort((a, b) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1));
  }

  /** A replacement gives a resource another physical id, and replaces what holds that id in a property that cannot be updated. */
  private findReplaced(): void {
    for (let found = -1; found !== this.replaced.size; ) {
      found = this.replaced.size;
      for (const [from, to] of this.pairs) {
        const reasons = this.replacementReasons(from, to);
        if (reasons.length > 0) this.replaced.set(from, reasons);
      }
    }
  }

  private replacementReasons(from: string, to: string): string[] {
    const moved = from === to ? [] : [`logical id ${from} -> ${to}`];
    const { createOnly = [] } = figuresOf(this.old[from].Type) ?? {};
    return [...moved, ...createOnly.flatMap((path) => this.createOnlyReason(path, from, to) ?? [])];
  }

  private createOnlyReason(path: string, from: string, to: string): string | undefined {
    const [old, made] = [memberOf(this.old[from], path), memberOf(this.new[to], path)];
    if (textOf(canonical(old, this.tokens.before)) !== textOf(canonical(made, this.tokens.after))) return path;
    const references = referencesOf(old, this.tokens.before);
    const renewed = [...references].filter((id) => this.replaced.has(id) && !keepsName(this.old[id]));
    return renewed.length > 0
      ? `${path} refers to ${renewed.map((id) => pathOf(this.before, id)).join(', ')}`
      : undefined;
  }

  private pairChange(from: string, to: string): Change | undefined {
    const [old, made] = [this.old[from], this.new[to]];
    const found = differences(canonicalResource(old, this.tokens.before), canonicalResource(made, this.tokens.after));
    const refusals = this.refusals(from, to);
    const reasons = [...refusals, ...(this.replaced.get(from) ?? [])];
    const details = { ...(found.length > 0 && { differences: found }), reasons };
    if (refusals.length > 0) return change('refused', { side: this.after, id: to }, details);
    if (reasons.length > 0) return change('replaced', { side: this.after, id: to }, details);
    if (found.length === 0) return undefined;
    return change(found.every(isOfAsset) ? 'assets' : 'changed', { side: this.after, id: to }, details);
  }

  /** What CloudFormation, or the service behind it, would say. */
  private refusals(from: string, to: string): string[] {
    const [old, made] = [this.old[from], this.new[to]];
    if (old.Type !== made.Type) return [`type ${old.Type} -> ${made.Type} under one logical id`];
    if (this.replaced.has(from) && keepsName(old) && keepsName(made) && this.sameName(from, to)) {
      return [`replaced under its fixed ${figuresOf(old.Type)?.name}, which is taken`];
    }
    return from === to && isCustomResource(old.Type) ? this.serviceTokenRefusal(from) : [];
  }

  private sameName(from: string, to: string): boolean {
    const name = figuresOf(this.old[from].Type)?.name ?? '';
    const [old, made] = [memberOf(this.old[from], name), memberOf(this.new[to], name)];
    return textOf(canonical(old, this.tokens.before)) === textOf(canonical(made, this.tokens.after));
  }

  private serviceTokenRefusal(id: string): string[] {
    const [old, made] = [this.old[id], this.new[id]].map((resource) => memberOf(resource, 'ServiceToken'));
    const changed = textOf(canonical(old, this.tokens.before)) !== textOf(canonical(made, this.tokens.after));
    const renewed = [...referencesOf(old, this.tokens.before)].some((other) => this.replaced.has(other));
    return changed || renewed ? ['ServiceToken changes'] : [];
  }

  private exportChanges(): Change[] {
    const [old, made] = [exportsOf(this.before, this.tokens.before), exportsOf(this.after, this.tokens.after)];
    const removed = [...old.keys()].filter((name) => !made.has(name));
    const added = [...made.keys()].filter((name) => !old.has(name));
    const changed = [...old].filter(([name, value]) => made.has(name) && made.get(name) !== value);
    const entries = [
      ...removed.map((path) => ({ fate: 'removed' as const, path })),
      ...added.map((path) => ({ fate: 'added' as const, path })),
      ...changed.map(([path]) => ({ fate: 'changed' as const, path })),
    ];
    return entries.map((entry) => ({ ...entry, type: 'Export', reasons: [], differences: [] }));
  }

  /** Parameters, mappings, conditions and the like, without the figures of single ones. */
  private sectionChanges(): Change[] {
    const [old, made] = [this.before.template, this.after.template];
    const names = new Set([...Object.keys(old), ...Object.keys(made)]);
    return [...names]
      .filter((name) => !['Resources', 'Outputs'].includes(name))
      .filter((name) => textOf(canonical(old[name], noToken)) !== textOf(canonical(made[name], noToken)))
      .map((name) => {
        const fate = old[name] === undefined ? 'added' : made[name] === undefined ? 'removed' : 'changed';
        return { fate, path: name, type: 'Section', reasons: [], differences: [] };
      });
  }
}

const noToken: Token = () => undefined;

/** Of a custom resource, nothing is create-only: its function decides. */
function figuresOf(type: string): ReplacementFigures | undefined {
  const figures = replacementFigures(type);
  if (figures === undefined && !isCustomResource(type) && type !== 'AWS::CDK::Metadata') {
    throw new Error(`no figures are kept of ${type}: add its service to tools/service-model/replacement.ts`);
  }
  return figures;
}

/** Whether a resource has a name that the template gives. */
function keepsName(resource: TemplateResource): boolean {
  const name = figuresOf(resource.Type)?.name;
  return name !== undefined && memberOf(resource, name) !== undefined;
}

function memberOf({ Properties }: TemplateResource, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((owner, name) => (owner as Record<string, unknown> | undefined)?.[name], Properties);
}

function exportsOf({ template }: NamedTemplate, token: Token): Map<string, string> {
  const outputs = Object.values(template.Outputs ?? {}).filter((output) => output.Export !== undefined);
  return new Map(outputs.map(({ Export, Value }) => [textOf(Export?.Name), textOf(canonical(Value, token))] as const));
}

function isOfAsset({ before, after }: Difference): boolean {
  return withoutAssets(before) === withoutAssets(after);
}

function pathOf({ paths }: NamedTemplate, id: string): string {
  return paths[id] ?? id;
}

/** A resource of one of the two templates. */
interface Place {
  readonly side: NamedTemplate;
  readonly id: string;
}

function change(fate: Fate, { side, id }: Place, details: Partial<Change> = {}): Change {
  const type = side.template.Resources?.[id].Type ?? '';
  return { fate, path: pathOf(side, id), type, reasons: [], differences: [], ...details };
}
