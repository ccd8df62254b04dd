const QUOTE = 34;
const BACKSLASH = 92;
const LOWER_N = 110;

/** 1 for what stands for itself in a JSON text, within ASCII. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 32 && byte < 128 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

/** What a string of a record is: text that is the same in all lines, or one that is looked at, or any other. */
type Role = 'fixed' | 'time' | 'output' | 'input' | 'other';
type Roles = { readonly [key: string]: Role | Roles };

const ROLES: Roles = {
  captureData: {
    endpointOutput: { data: 'output', encoding: 'fixed' },
    endpointInput: { data: 'input', encoding: 'fixed' },
  },
  eventMetadata: { inferenceTime: 'time' },
};

type Range = [from: number, to: number];

/**
 * What the captured lines of an endpoint have in common: everything but the contents of their strings. A line that has the same text around
 * plain strings is valid JSON with the same keys, so that it need not be parsed. `{"captureData":{"endpointInput":{"data":"…","encoding":"CSV"}},…`
 */
export class CaptureLayout {
  /** byte ranges that were found last; empty where there is no such side */
  readonly time: Range = [0, 0];
  readonly output: Range = [0, 0];
  readonly input: Range = [0, 0];
  private readonly other: Range = [0, 0];
  private readonly ranges: Range[];

  private constructor(
    /** what stands before, between and behind the strings */
    private readonly segments: readonly Uint8Array[],
    roles: readonly Exclude<Role, 'fixed'>[],
  ) {
    this.ranges = roles.map((role) => this[role]);
  }

  /** The layout of a line; undefined when it has anything but CSV on one or both sides, or is not written in the shortest way. */
  static of(line: string): CaptureLayout | undefined {
    const record = parse(line);
    if (JSON.stringify(record) !== line || !isCsv(record)) return undefined;
    const writer = new LayoutWriter();
    writer.write(record, ROLES);
    const encoder = new TextEncoder();
    return new CaptureLayout(
      writer.segments.map((segment) => encoder.encode(segment)),
      writer.roles,
    );
  }

  /** Finds the ranges of a line that begins at `from`. Returns the position behind it, -1 when it has another layout. */
  match(memory: Uint8Array, from: number): number {
    const { segments, ranges } = this;
    let at = from;
    for (let index = 0; ; index++) {
      const segment = segments[index];
      for (let byte = 0; byte < segment.length; byte++) if (memory[at + byte] !== segment[byte]) return -1;
      at += segment.length;
      if (index === ranges.length) return at;
      const range = ranges[index];
      range[0] = at;
      while (PLAIN[memory[at]] === 1) at += 1;
      range[1] = at;
      // a line break at the end of the data
      if (memory[at] === BACKSLASH && memory[at + 1] === LOWER_N && isData(range, this)) at += 2;
    }
  }
}

const isData = (range: Range, { output, input }: CaptureLayout) => range === output || range === input;

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
  readonly captureData?: { readonly endpointOutput?: Side | null; readonly endpointInput?: Side | null } | null;
  readonly eventMetadata?: { readonly inferenceTime?: unknown } | null;
}

function isCsv(record: unknown): boolean {
  const { captureData, eventMetadata } = (record ?? {}) as CsvRecord;
  const sides = [captureData?.endpointOutput, captureData?.endpointInput].filter((side) => side != null);
  const areCsv = sides.every(({ data, encoding }) => typeof data === 'string' && encoding === 'CSV');
  return sides.length > 0 && areCsv && typeof eventMetadata?.inferenceTime === 'string';
}

/** Writes a record as JSON, cut at the contents of its strings. */
class LayoutWriter {
  readonly segments = [''];
  readonly roles: Exclude<Role, 'fixed'>[] = [];

  write(value: unknown, roles: Role | Roles = 'other'): void {
    if (Array.isArray(value)) this.list(value);
    else if (typeof value === 'object' && value !== null) this.object(value, roles);
    else if (typeof value !== 'string' || roles === 'fixed') this.add(JSON.stringify(value));
    else {
      this.add('"');
      this.roles.push(typeof roles === 'string' ? roles : 'other');
      this.segments.push('"');
    }
  }

  private object(value: object, roles: Role | Roles): void {
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
    this.segments[this.segments.length - 1] += text;
  }
}
