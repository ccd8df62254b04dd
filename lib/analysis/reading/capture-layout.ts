import type { CaptureFields, Role, StringRange } from './capture-fields';

/** What strings of a record are, but for others; `fixed` is the same in all lines. */
type Roles = { readonly [key: string]: Role | 'fixed' | Roles };

const ROLES: Roles = {
  captureData: {
    endpointOutput: { data: 'output', encoding: 'fixed' },
    endpointInput: { data: 'input', encoding: 'fixed' },
  },
  eventMetadata: { inferenceTime: 'time' },
};

/**
 * What the captured lines of an endpoint have in common: everything but the contents of their strings. A line that has the same text around
 * plain strings is valid JSON with the same keys, so that it need not be parsed. `{"captureData":{"endpointInput":{"data":"…","encoding":"CSV"}},…`
 */
export class CaptureLayout {
  /** what was found last; undefined where there is no such side */
  readonly output?: StringRange;
  readonly input?: StringRange;
  readonly time: StringRange;
  private readonly bytes: Uint8Array;
  private address = 0;

  private constructor(
    private readonly fields: CaptureFields,
    { texts, roles }: LayoutWriter,
  ) {
    const { ranges } = fields;
    this.bytes = fields.layoutOf(texts, roles);
    this.time = ranges.time;
    this.output = roles.includes('output') ? ranges.output : undefined;
    this.input = roles.includes('input') ? ranges.input : undefined;
  }

  /** The layout of a line; undefined when it has anything but an endpoint's CSV on one or both sides, or is not written in the shortest way. */
  static of(line: string, fields: CaptureFields): CaptureLayout | undefined {
    const record = parse(line);
    if (!isWithin(record, MAX_DEPTH) || JSON.stringify(record) !== line || !isCsv(record)) return undefined;
    const writer = new LayoutWriter();
    writer.write(record, ROLES);
    return new CaptureLayout(fields, writer);
  }

  /** Makes the layout known where lines are matched. False when there is no room for it. */
  load(): boolean {
    const address = this.fields.add(this.bytes);
    this.address = address ?? 0;
    return address !== undefined;
  }

  /** Finds the ranges of a line that begins at `from`. Returns the position behind it, -1 when it has another layout. */
  match(from: number): number {
    return this.fields.match(this.address, from);
  }
}

/** What an endpoint writes goes four levels down; what goes on for thousands ends whoever follows it. */
const MAX_DEPTH = 16;

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((each) => isWithin(each, depth - 1));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the line is read once more, and reported
  }
}

interface Side {
  readonly data?: unknown;
  readonly encoding?: unknown;
}
interface CsvRecord {
  readonly captureData?: {
    readonly endpointOutput?: Side | null;
    readonly endpointInput?: Side | null;
    readonly batchTransformOutput?: Side | null;
  } | null;
  readonly eventMetadata?: { readonly inferenceTime?: unknown } | null;
}

function isCsv(record: unknown): boolean {
  const { captureData, eventMetadata } = (record ?? {}) as CsvRecord;
  if (captureData?.batchTransformOutput != null) return false;
  const sides = [captureData?.endpointOutput, captureData?.endpointInput].filter((side) => side != null);
  const areCsv = sides.every(({ data, encoding }) => typeof data === 'string' && encoding === 'CSV');
  return sides.length > 0 && areCsv && typeof eventMetadata?.inferenceTime === 'string';
}

/** Writes a record as JSON, cut at the contents of its strings. */
class LayoutWriter {
  /** what stands before, between and behind the strings */
  readonly texts = [''];
  readonly roles: Role[] = [];

  write(value: unknown, roles: Role | 'fixed' | Roles = 'other'): void {
    if (Array.isArray(value)) this.list(value);
    else if (typeof value === 'object' && value !== null) this.object(value, roles);
    else if (typeof value !== 'string' || roles === 'fixed') this.add(JSON.stringify(value));
    else {
      this.add('"');
      this.roles.push(typeof roles === 'string' ? roles : 'other');
      this.texts.push('"');
    }
  }

  private object(value: object, roles: Role | 'fixed' | Roles): void {
    this.add('{');
    for (const [index, [key, each]] of Object.entries(value).entries()) {
      this.add(`${index > 0 ? ',' : ''}${JSON.stringify(key)}:`);
      this.write(each, typeof roles === 'object' && Object.hasOwn(roles, key) ? roles[key] : 'other');
    }
    this.add('}');
  }

  private list(values: readonly unknown[]): void {
    this.add('[');
    for (const [index, each] of values.entries()) {
      if (index > 0) this.add(',');
      this.write(each);
    }
    this.add(']');
  }

  private add(text: string): void {
    this.texts[this.texts.length - 1] += text;
  }
}
