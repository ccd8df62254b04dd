import type { Words128 } from '../batch/identifier-hash';
import { groundTruthProblems } from '../validation/ground-truth';
import type { CaptureFields, Role, StringRange } from './capture-fields';

/** What strings of a line are, but for others; `fixed` is the same in all lines. */
type Roles = { readonly [key: string]: Role | 'fixed' | Roles };

/** What the lines of a file are. */
export interface LineForm {
  readonly roles: Roles;
  /** whether a line can be read by where its strings stand: it has what all lines of its layout have */
  fits(record: unknown): boolean;
}

/** Captured records of an endpoint, whose CSV stands on one or both sides. */
export const CAPTURED: LineForm = {
  roles: {
    captureData: {
      endpointOutput: { data: 'output', encoding: 'fixed' },
      endpointInput: { data: 'input', encoding: 'fixed' },
    },
    eventMetadata: { inferenceTime: 'time', inferenceId: 'inferenceId', eventId: 'eventId' },
  },
  fits: isCsv,
};

/** The labels of requests. */
export const GROUND_TRUTH: LineForm = {
  roles: { groundTruthData: { data: 'output', encoding: 'fixed' }, eventMetadata: { eventId: 'eventId' } },
  fits: (record) => groundTruthProblems(record).length === 0,
};

/** Where the strings of a line are that has a known layout. What was found of one line is overwritten by the next. */
export interface MatchedLine {
  readonly memory: Uint8Array;
  /** 1-based */
  readonly line: number;
  /** milliseconds since 1970; NaN where lines have none */
  readonly time: number;
  /** what was answered, or the labels; undefined where lines have no such side */
  readonly output?: StringRange;
  readonly input?: StringRange;
  /** Whether it is known who the line is of: the caller's identifier, else the service's, as a text that is not empty and of a usual length. */
  isNamed(): boolean;
  /** The hash of the identifier of a line that is named, until the next line. */
  identifier(key: Words128): Words128;
  /** The samples that the identifier of a line that is named is in, see `samplesOf`. */
  samples(): number;
}

/** Characters of an identifier as SageMaker takes it. */
const MAX_IDENTIFIER = 64;

/**
 * What the lines of a file have in common: everything but the contents of their strings. A line that has the same text around
 * plain strings is valid JSON with the same keys, so that it need not be parsed. `{"captureData":{"endpointInput":{"data":"…","encoding":"CSV"}},…`
 */
export class CaptureLayout implements MatchedLine {
  readonly memory: Uint8Array;
  line = 0;
  time = Number.NaN;
  readonly output?: StringRange;
  readonly input?: StringRange;
  /** where the time stands */
  readonly timeRange?: StringRange;
  private readonly id: StringRange;
  private readonly hasId: boolean;
  private readonly bytes: Uint8Array;
  private address = 0;

  private constructor(
    private readonly fields: CaptureFields,
    { texts, roles }: LayoutWriter,
    record: unknown,
  ) {
    const range = (role: Role) => (roles.includes(role) ? fields.ranges[role] : undefined);
    this.bytes = fields.layoutOf(texts, roles);
    this.memory = fields.memory;
    this.timeRange = range('time');
    this.output = range('output');
    this.input = range('input');
    const role = hasOwnId(record) ? 'inferenceId' : 'eventId';
    this.hasId = roles.includes(role);
    this.id = fields.ranges[role];
  }

  /** The layout of a line; undefined when it does not fit its form, or is not written in the shortest way. */
  static of(line: string, form: LineForm, fields: CaptureFields): CaptureLayout | undefined {
    const record = parse(line);
    if (!isWithin(record, MAX_DEPTH) || JSON.stringify(record) !== line || !form.fits(record)) return undefined;
    const writer = new LayoutWriter();
    writer.write(record, form.roles);
    return new CaptureLayout(fields, writer, record);
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

  isNamed(): boolean {
    if (!this.hasId) return false;
    const length = this.id.to - this.id.from;
    return length > 0 && length <= MAX_IDENTIFIER;
  }

  identifier(key: Words128): Words128 {
    return this.fields.identifier(this.id, key);
  }

  samples(): number {
    return this.fields.samples(this.id);
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
  readonly eventMetadata?: { readonly inferenceTime?: unknown; readonly inferenceId?: unknown } | null;
}

function isCsv(record: unknown): boolean {
  const { captureData, eventMetadata } = (record ?? {}) as CsvRecord;
  if (captureData?.batchTransformOutput != null) return false;
  const sides = [captureData?.endpointOutput, captureData?.endpointInput].filter((side) => side != null);
  const areCsv = sides.every(({ data, encoding }) => typeof data === 'string' && encoding === 'CSV');
  return sides.length > 0 && areCsv && typeof eventMetadata?.inferenceTime === 'string';
}

/** Whether a caller said who the record is, in whatever way. */
const hasOwnId = (record: unknown): boolean => (record as CsvRecord).eventMetadata?.inferenceId != null;

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
