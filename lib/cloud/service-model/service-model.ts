import { CloudError } from '../cloud-error';
import { isMembers, type Members } from '../members';
import { DOCUMENTED_LIMITS } from './documented-limits';
import { type ModelledService, SERVICE_MODELS, type ServiceModel, type Shape } from './figures';
import { type Violation, violation } from './violation';

/**
 * Everything in the input of an operation that its service's published model does not allow: missing and unknown members, wrong types,
 * lengths, ranges, patterns and enumerations; in an input without such faults, what the documentation does not allow. [] for an input without fault; a
 * member that is undefined counts as absent.
 *
 * Timestamps are numbers of seconds, as on the wire, or Dates. Throws `NotRehearsed` for an operation whose figures are not kept.
 *
 * @see https://github.com/boto/botocore/tree/develop/botocore/data (the models)
 */
export function violations(service: ModelledService, operation: string, input: unknown): Violation[] {
  const model = SERVICE_MODELS[service];
  const check = new Check(model);
  check.value(input, inputShape(model, `${service} ${operation}`), '');
  const documented = DOCUMENTED_LIMITS[`${service} ${operation}`];
  return check.found.length > 0 || documented === undefined ? check.found : documented(input as Members);
}

/**
 * The violations in one line, in the service's words.
 *
 * @see https://github.com/aws/sagemaker-python-sdk/issues/2652 (one), https://github.com/aws-samples/sagemaker-ml-workflow-with-apache-airflow/issues/3 (two)
 */
export function violationMessage(found: readonly Violation[]): string {
  const faults = found.map(
    ({ path, got, allowed }) => `Value '${got}' at '${path}' failed to satisfy constraint: Member must ${allowed}`,
  );
  return `${found.length} validation error${found.length === 1 ? '' : 's'} detected: ${faults.join('; ')}`;
}

/**
 * A copy of an input in which texts stand for what the model wants there: CloudFormation takes `"10"` for 10 and `"true"` for true.
 * What cannot be converted stays as it is.
 */
export function asModelled(service: ModelledService, operation: string, input: unknown): unknown {
  const model = SERVICE_MODELS[service];
  return converted(model, input, inputShape(model, `${service} ${operation}`));
}

/** The members that an operation's input has, by the published model. */
export function inputMembers(service: ModelledService, operation: string): string[] {
  const model = SERVICE_MODELS[service];
  return Object.keys(shapeOf(model, inputShape(model, `${service} ${operation}`)).members ?? {});
}

function inputShape(model: ServiceModel, what: string): string {
  const shape = model.operations[what.split(' ')[1]];
  if (shape === undefined) {
    throw new CloudError('NotRehearsed', `no figures are kept of ${what}`);
  }
  return shape;
}

function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape === undefined) {
    throw new CloudError('NotRehearsed', `no figures are kept of ${name}`);
  }
  return shape;
}

/** What published patterns have of Java, and JavaScript lacks: the ends of a text, and what of ASCII is printed, or a letter or digit. */
const OF_JAVA: readonly (readonly [RegExp, string])[] = [
  [/\\[Az]/g, ''],
  [/\\p\{Print\}/g, ' -~'],
  [/\\p\{Alnum\}/g, 'a-zA-Z0-9'],
];

/** A published pattern, for the whole of a text. Those that name no characters of Unicode escape what JavaScript refuses to see escaped beside them. */
export function wholeText(pattern: string): RegExp {
  const known = OF_JAVA.reduce((text, [java, ours]) => text.replace(java, ours), pattern);
  return new RegExp(`^(?:${known})$`, /\\p\{|\\u/.test(known) ? 'u' : '');
}

/** Walks through one input. */
class Check {
  public readonly found: Violation[] = [];

  public constructor(private readonly model: ServiceModel) {}

  public value(value: unknown, name: string, path: string): void {
    const shape = shapeOf(this.model, name);
    const wrongType = TYPE_FAULTS[shape.type](value);
    if (wrongType !== undefined) {
      this.fault(path, value, wrongType);
    } else if (shape.type === 'structure') {
      this.structure(value as Readonly<Record<string, unknown>>, shape, path);
    } else if (shape.type === 'list') {
      this.list(value as readonly unknown[], shape, path);
    } else if (shape.type === 'map') {
      this.map(value as Readonly<Record<string, unknown>>, shape, path);
    } else if (shape.type === 'string') {
      this.text(value as string, shape, path);
    } else if (shape.type === 'blob') {
      this.blob(value, shape, path);
    } else if (typeof value === 'number') {
      this.range({ size: value, unit: 'value', shape, path, value });
    }
  }

  /** Of a stream, nobody knows yet how long it is. */
  private blob(value: unknown, shape: Shape, path: string): void {
    if (typeof value !== 'string' && !ArrayBuffer.isView(value)) return;
    const size = typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength;
    this.range({ size, unit: 'length', shape, path, value });
  }

  private structure(value: Readonly<Record<string, unknown>>, shape: Shape, path: string): void {
    const members = shape.members ?? {};
    for (const name of shape.required ?? []) {
      if (value[name] === undefined || value[name] === null) {
        this.fault(joined(path, name), undefined, 'not be null');
      }
    }
    for (const [name, member] of Object.entries(value)) {
      const shapeName = members[name];
      if (shapeName === undefined) {
        this.fault(joined(path, name), member, `be one of ${Object.keys(members).join(', ')}`);
      } else if (member !== undefined && member !== null) {
        this.value(member, shapeName, joined(path, name));
      }
    }
  }

  private list(value: readonly unknown[], shape: Shape, path: string): void {
    this.range({ size: value.length, unit: 'length', shape, path, value });
    for (const [index, item] of value.entries()) {
      this.value(item, shape.member ?? '', `${path}[${index}]`);
    }
  }

  private map(value: Readonly<Record<string, unknown>>, shape: Shape, path: string): void {
    const entries = Object.entries(value);
    this.range({ size: entries.length, unit: 'length', shape, path, value });
    for (const [key, item] of entries) {
      this.value(key, shape.key ?? '', `${path} key`);
      this.value(item, shape.value ?? '', joined(path, key));
    }
  }

  private text(value: string, shape: Shape, path: string): void {
    this.range({ size: value.length, unit: 'length', shape, path, value });
    if (shape.enum !== undefined && !shape.enum.includes(value)) {
      this.fault(path, value, `satisfy enum value set: [${shape.enum.join(', ')}]`);
    }
    if (shape.pattern !== undefined && !wholeText(shape.pattern).test(value)) {
      this.fault(path, value, `satisfy regular expression pattern: ${shape.pattern}`);
    }
  }

  private range({ size, unit, shape, path, value }: Size): void {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = shape;
    if (size < min) {
      this.fault(path, value, `have ${unit} greater than or equal to ${min}`);
    }
    if (size > max) {
      this.fault(path, value, `have ${unit} less than or equal to ${max}`);
    }
  }

  private fault(path: string, value: unknown, allowed: string): void {
    this.found.push(violation(path, value, allowed));
  }
}

interface Size {
  readonly size: number;
  readonly unit: 'value' | 'length';
  readonly shape: Shape;
  readonly path: string;
  readonly value: unknown;
}

const numeric = (value: unknown) => (Number.isFinite(value) ? undefined : 'be a number');
const whole = (value: unknown) => (Number.isSafeInteger(value) ? undefined : 'be a whole number');
const object = (value: unknown) => (isMembers(value) && !(value instanceof Date) ? undefined : 'be an object');

/** Bytes, or a stream of them. */
const isBytes = (value: unknown) => ArrayBuffer.isView(value) || (isMembers(value) && 'pipe' in value);

/** What a value of another type should be, by the shape's type. */
const TYPE_FAULTS: Readonly<Record<Shape['type'], (value: unknown) => string | undefined>> = {
  structure: object,
  map: object,
  list: (value) => (Array.isArray(value) ? undefined : 'be a list'),
  string: (value) => (typeof value === 'string' ? undefined : 'be a text'),
  blob: (value) => (typeof value === 'string' || isBytes(value) ? undefined : 'be a text or bytes'),
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'be true or false'),
  integer: whole,
  long: whole,
  float: numeric,
  double: numeric,
  timestamp: (value) => (value instanceof Date || Number.isFinite(value) ? undefined : 'be a time'),
};

function converted(model: ServiceModel, value: unknown, name: string): unknown {
  const shape = shapeOf(model, name);
  const part = (item: unknown, shapeName: string | undefined) =>
    shapeName === undefined ? item : converted(model, item, shapeName);
  if (Array.isArray(value) && shape.type === 'list') {
    return value.map((item) => part(item, shape.member));
  }
  if (isMembers(value) && (shape.type === 'structure' || shape.type === 'map')) {
    const shapeOfKey = (key: string) => (shape.type === 'map' ? shape.value : shape.members?.[key]);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, part(item, shapeOfKey(key))]));
  }
  return scalar(value, shape.type);
}

function scalar(value: unknown, type: Shape['type']): unknown {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return String(value);
  }
  if (type === 'boolean' && (value === 'true' || value === 'false')) {
    return value === 'true';
  }
  const isNumber = ['integer', 'long', 'float', 'double'].includes(type);
  return isNumber && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
    ? Number(value)
    : value;
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
