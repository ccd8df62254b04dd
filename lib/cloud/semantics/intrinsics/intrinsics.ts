import { isMembers } from '../../members';
import { dependencyOrder, referencesOf } from './dependency';
import { asObject, asText, intrinsicOf, TemplateError, textParts } from './form';

export { TemplateError } from './form';

/** Values of the pseudo parameters. */
export interface PseudoParameters {
  readonly region: string;
  readonly accountId: string;
  /** @default 'aws' */
  readonly partition?: string;
  /** @default 'amazonaws.com' */
  readonly urlSuffix?: string;
  readonly stackName: string;
  /** @default an ARN made of the other values */
  readonly stackId?: string;
}

/** Answers for resources that exist; called only for resources of the template. */
export interface ResourceLookup {
  ref(logicalId: string): unknown;
  getAtt(logicalId: string, name: string): unknown;
}

/** What a resolver needs. */
export interface TemplateResolverProps {
  /** A synthesized CloudFormation template, parsed. */
  readonly template: Readonly<Record<string, unknown>>;
  readonly pseudo: PseudoParameters;
  /** Values by parameter name; they win over defaults. An SSM parameter type needs one. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Values by export name, for Fn::ImportValue. */
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly lookup: ResourceLookup;
}

/** Stands for AWS::NoValue until its key or element is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

/**
 * Resolves the intrinsics of one synthesized template.
 *
 * @throws TemplateError on a function, reference, parameter or mapping that it does not know; nothing is left unresolved
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export class TemplateResolver {
  private readonly resources: Readonly<Record<string, unknown>>;
  private readonly pseudo: Readonly<Record<string, unknown>>;
  private readonly openConditions: string[] = [];

  public constructor(private readonly props: TemplateResolverProps) {
    this.resources = asObject(props.template.Resources ?? {}, 'Resources');
    this.pseudo = pseudoValues(props.pseudo);
  }

  /** The value with every intrinsic replaced; AWS::NoValue removes its key or element, and is undefined at the top. */
  public resolve(value: unknown): unknown {
    const resolved = this.resolveAny(value);
    return resolved === NO_VALUE ? undefined : resolved;
  }

  /** Resolved Properties of a resource ({} when it has none). */
  public properties(logicalId: string): Record<string, unknown> {
    return { ...asObject(this.resolve(this.resource(logicalId).Properties ?? {}), `Properties of ${logicalId}`) };
  }

  /**
   * Logical IDs the resource needs first, sorted: DependsOn and every Ref, Fn::GetAtt and Fn::Sub in its properties.
   * Only the branch that an Fn::If takes counts; a DependsOn on a resource whose condition is false does not.
   */
  public dependencies(logicalId: string): string[] {
    const resource = this.resource(logicalId);
    const found = referencesOf(resource.Properties ?? {}, (name) => this.condition(name));
    const declared = [resource.DependsOn ?? []].flat().map((id) => asText(id, `DependsOn of ${logicalId}`));
    const unknown = declared.find((id) => !Object.hasOwn(this.resources, id));
    if (unknown !== undefined) {
      throw new TemplateError(`UnknownReference: "${logicalId}" depends on "${unknown}", which is not a resource`);
    }
    const references = found.filter((name) => Object.hasOwn(this.resources, name));
    for (const name of references) {
      this.assertExists(name, `"${logicalId}" refers to "${name}", which`);
    }
    return [...new Set([...references, ...declared.filter((id) => this.exists(id))])].sort();
  }

  /** Logical IDs of the resources whose condition holds, dependencies first; a cycle throws and is named. */
  public order(): string[] {
    const existing = Object.keys(this.resources).filter((id) => this.exists(id));
    return dependencyOrder(existing, (id) => this.dependencies(id));
  }

  /** The value of a condition of the template. */
  public condition(name: string): boolean {
    const conditions = asObject(this.props.template.Conditions ?? {}, 'Conditions');
    if (!Object.hasOwn(conditions, name)) {
      throw new TemplateError(`UnknownCondition: "${name}" is not a condition of the template`);
    }
    if (this.openConditions.includes(name)) {
      throw new TemplateError(`ConditionCycle: ${[...this.openConditions, name].join(' -> ')}`);
    }
    this.openConditions.push(name);
    try {
      return this.evaluate(conditions[name]);
    } finally {
      this.openConditions.pop();
    }
  }

  private exists(logicalId: string): boolean {
    const { Condition: condition } = this.resource(logicalId);
    return condition === undefined || this.condition(asText(condition, `Condition of ${logicalId}`));
  }

  private resource(logicalId: string): Readonly<Record<string, unknown>> {
    if (!Object.hasOwn(this.resources, logicalId)) {
      throw new TemplateError(`UnknownResource: "${logicalId}" is not a resource of the template`);
    }
    return asObject(this.resources[logicalId], logicalId);
  }

  private resolveAny(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.resolveAny(item)).filter((item) => item !== NO_VALUE);
    }
    if (!isMembers(value)) {
      return value;
    }
    const intrinsic = intrinsicOf(value);
    return intrinsic === undefined ? this.resolveObject(value) : this.call(intrinsic.name, intrinsic.argument);
  }

  private resolveObject(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const entries = Object.entries(value).map(([key, item]) => [key, this.resolveAny(item)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
  }

  private call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.ref(asText(argument, 'Ref'));
      case 'Fn::GetAtt':
        return this.getAtt(argument);
      case 'Fn::Sub':
        return this.sub(argument);
      case 'Fn::Join':
        return this.join(argument);
      case 'Fn::Select':
        return this.select(argument);
      case 'Fn::Split':
        return this.split(argument);
      case 'Fn::FindInMap':
        return this.findInMap(argument);
      case 'Fn::If':
        return this.choose(argument);
      case 'Fn::GetAZs':
        return this.availabilityZones(asText(this.resolve(argument), name));
      case 'Fn::ImportValue':
        return this.importValue(asText(this.resolve(argument), name));
      default:
        throw new TemplateError(`UnknownFunction: ${name} is not a function this resolver knows`);
    }
  }

  /** Three of a region, as most have: which there are depends on the account. */
  private availabilityZones(region: string): string[] {
    const own = region === '' ? asText(this.pseudo['AWS::Region'], 'AWS::Region') : region;
    return ['a', 'b', 'c'].map((letter) => own + letter);
  }

  private ref(name: string): unknown {
    if (name === 'AWS::NoValue') {
      return NO_VALUE;
    }
    if (Object.hasOwn(this.pseudo, name)) {
      return this.pseudo[name];
    }
    if (Object.hasOwn(asObject(this.props.template.Parameters ?? {}, 'Parameters'), name)) {
      return this.parameter(name);
    }
    this.assertExists(name, `Ref "${name}"`);
    return this.props.lookup.ref(name);
  }

  private assertExists(logicalId: string, what: string): void {
    if (!Object.hasOwn(this.resources, logicalId)) {
      throw new TemplateError(`UnknownReference: ${what} is neither a parameter nor a resource of the template`);
    }
    if (!this.exists(logicalId)) {
      throw new TemplateError(`AbsentResource: ${what} is a resource whose condition is false`);
    }
  }

  private parameter(name: string): unknown {
    const { Type: type, Default: fallback } = asObject(
      asObject(this.props.template.Parameters, 'Parameters')[name],
      name,
    );
    const given = this.props.parameters?.[name];
    if (given === undefined && (fallback === undefined || String(type).startsWith('AWS::SSM::Parameter::Value'))) {
      throw new TemplateError(`MissingParameter: parameter "${name}" of type ${String(type)} needs a given value`);
    }
    const value = given ?? fallback;
    const isList = type === 'CommaDelimitedList' || String(type).includes('List<');
    return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  }

  /** `[id, attribute]` or `id.attribute`; the attribute may be a Ref. */
  private getAtt(argument: unknown): unknown {
    const [id, attribute] = textParts(argument);
    const logicalId = asText(id, 'Fn::GetAtt');
    const name = asText(this.resolve(attribute), 'Fn::GetAtt');
    this.assertExists(logicalId, `Fn::GetAtt "${logicalId}.${name}"`);
    return this.props.lookup.getAtt(logicalId, name);
  }

  private sub(argument: unknown): string {
    const [template, variables] = Array.isArray(argument) ? this.pair(argument, 'Fn::Sub') : [argument, {}];
    const own = asObject(variables, 'Fn::Sub variables');
    return asText(template, 'Fn::Sub').replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
      const name = inner.trim();
      if (name.startsWith('!')) {
        return `\${${name.slice(1)}}`;
      }
      const value = Object.hasOwn(own, name)
        ? this.resolve(own[name])
        : name.includes('.')
          ? this.getAtt(name)
          : this.ref(name);
      return asText(value, `Fn::Sub "${name}"`);
    });
  }

  private join(argument: unknown): string {
    const [delimiter, list] = this.pair(argument, 'Fn::Join');
    const items = this.list(list, 'Fn::Join');
    return items.map((item) => asText(item, 'an element of Fn::Join')).join(asText(delimiter, 'Fn::Join'));
  }

  private select(argument: unknown): unknown {
    const [index, list] = this.pair(argument, 'Fn::Select');
    const items = this.list(list, 'Fn::Select');
    const position = Number(this.resolve(index));
    if (!Number.isInteger(position) || position < 0 || position >= items.length) {
      throw new TemplateError(`WrongIndex: Fn::Select ${JSON.stringify(index)} of a list of ${items.length}`);
    }
    return items[position];
  }

  private split(argument: unknown): string[] {
    const [delimiter, text] = this.pair(argument, 'Fn::Split');
    return asText(this.resolve(text), 'Fn::Split').split(asText(delimiter, 'Fn::Split'));
  }

  private findInMap(argument: unknown): unknown {
    const keys = this.list(argument, 'Fn::FindInMap').map((key) => asText(key, 'Fn::FindInMap'));
    if (keys.length !== 3) {
      throw new TemplateError(`WrongArgument: Fn::FindInMap takes a map and two keys, not ${JSON.stringify(argument)}`);
    }
    return keys.reduce<unknown>((map, key) => {
      const entries = asObject(map, 'Mappings');
      if (!Object.hasOwn(entries, key)) {
        throw new TemplateError(`UnknownMapping: Fn::FindInMap ${keys.join('.')} has no "${key}"`);
      }
      return entries[key];
    }, this.props.template.Mappings ?? {});
  }

  private choose(argument: unknown): unknown {
    if (!Array.isArray(argument) || argument.length !== 3) {
      throw new TemplateError(
        `WrongArgument: Fn::If takes a condition and two values, not ${JSON.stringify(argument)}`,
      );
    }
    return this.resolveAny(this.condition(asText(argument[0], 'Fn::If')) ? argument[1] : argument[2]);
  }

  private importValue(name: string): unknown {
    if (!Object.hasOwn(this.props.exports ?? {}, name)) {
      throw new TemplateError(`UnknownExport: Fn::ImportValue "${name}" is not exported by any stack given`);
    }
    return this.props.exports?.[name];
  }

  private evaluate(expression: unknown): boolean {
    const [name, argument] = Object.entries(asObject(expression, 'a condition'))[0] ?? [];
    switch (name) {
      case 'Fn::Equals': {
        const [left, right] = this.pair(argument, name);
        return JSON.stringify(this.resolve(left)) === JSON.stringify(this.resolve(right));
      }
      case 'Fn::And':
        return this.operands(argument, name).every((operand) => this.evaluate(operand));
      case 'Fn::Or':
        return this.operands(argument, name).some((operand) => this.evaluate(operand));
      case 'Fn::Not':
        return !this.evaluate(this.operands(argument, name)[0]);
      case 'Condition':
        return this.condition(asText(argument, 'Condition'));
      default:
        throw new TemplateError(`UnknownFunction: ${name} is not a condition function this resolver knows`);
    }
  }

  private operands(argument: unknown, name: string): unknown[] {
    const [least, most] = name === 'Fn::Not' ? [1, 1] : [2, 10];
    if (!Array.isArray(argument) || argument.length < least || argument.length > most) {
      throw new TemplateError(
        `WrongArgument: ${name} takes ${least} to ${most} conditions, not ${JSON.stringify(argument)}`,
      );
    }
    return argument;
  }

  private pair(argument: unknown, name: string): [unknown, unknown] {
    if (!Array.isArray(argument) || argument.length !== 2) {
      throw new TemplateError(`WrongArgument: ${name} takes two arguments, not ${JSON.stringify(argument)}`);
    }
    return [argument[0], argument[1]];
  }

  private list(argument: unknown, name: string): unknown[] {
    const list = this.resolve(argument);
    if (!Array.isArray(list)) {
      throw new TemplateError(`WrongArgument: ${name} takes a list, not ${JSON.stringify(argument)}`);
    }
    return list;
  }
}

function pseudoValues(pseudo: PseudoParameters): Record<string, unknown> {
  const { region, accountId, stackName, partition = 'aws', urlSuffix = 'amazonaws.com' } = pseudo;
  return {
    'AWS::Region': region,
    'AWS::AccountId': accountId,
    'AWS::Partition': partition,
    'AWS::URLSuffix': urlSuffix,
    'AWS::StackName': stackName,
    'AWS::StackId':
      pseudo.stackId ??
      `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/00000000-0000-0000-0000-000000000000`,
    'AWS::NotificationARNs': [],
  };
}
