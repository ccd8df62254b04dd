import { textOf } from '../batch/field-batch';
import { MAX_COLUMNS, TEXT_BYTES } from '../batch/field-memory';
import { ByteReader } from './byte-reader';
import type { CaptureFields, StringRange } from './capture-fields';
import { CaptureLayout } from './capture-layout';
import { parseTime } from './capture-record';
import type { FileLog } from './file-log';
import { type LineSink, TextLines } from './text-lines';
import { placeInTime, type TimeWindow } from './time-window';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const ZERO = 48;
const OPEN_ARRAY = 91;
/** An endpoint writes its records in one layout or two. Where this many lines gave none, others will not either. */
const MAX_ATTEMPTS = 16;

/**
 * Reads captured records of one row of CSV as bytes. All others, and those that are to be reported, go line by line to a sink of text, whose
 * rules these are.
 */
export class CaptureBytes extends ByteReader {
  private readonly lines: TextLines;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly fields: CaptureFields;
  private readonly layouts: CaptureLayout[] = [];
  private readonly clock = new Clock();
  private isText = false;
  private line = 1;
  private attempts = 0;
  /** whether the line has a known layout, and is read as text for what its strings hold */
  private isKnown = false;

  constructor(
    private readonly log: FileLog,
    sink: LineSink,
    private readonly window?: TimeWindow,
  ) {
    super(log.workspace.batch);
    this.fields = log.workspace.captureFields;
    this.lines = new TextLines(sink, log.maximumRecordBytes);
  }

  override end(): void {
    super.end();
    if (!this.isText) return;
    this.lines.push(this.decoder.decode());
    this.lines.end();
  }

  protected read(from: number, to: number, isLast: boolean): number {
    this.fields.clear(); // another reader may have been there
    for (const layout of this.layouts) layout.load();
    let at = from;
    while (at < to) {
      const next = this.isText ? -1 : this.record(at, to, isLast);
      if (next >= 0) at = next;
      else {
        const lineFeed = this.batch.memory.indexOf(LINE_FEED, at);
        // wait for the rest of a line, unless it is larger than a piece
        if (lineFeed === to && !isLast && !this.isText && to - at < TEXT_BYTES) return at;
        at = this.text(at, Math.min(lineFeed + 1, to));
      }
    }
    return at;
  }

  /** Returns where the next line begins; -1 when this one cannot be read here. */
  private record(from: number, to: number, isLast: boolean): number {
    const { memory } = this.batch;
    this.isKnown = false;
    if (memory[from] === LINE_FEED) return this.next(from + 1);
    for (const layout of this.layouts) {
      let at = layout.match(from);
      if (at < 0) continue;
      this.isKnown = true;
      if (memory[at] === CARRIAGE_RETURN) at += 1;
      if (memory[at] !== LINE_FEED || (at >= to && !isLast)) return -1;
      if (3 * (at - from) > this.log.maximumRecordBytes) return -1; // measured to the byte there
      return this.take(layout) ? this.next(Math.min(at + 1, to)) : -1;
    }
    return -1;
  }

  private next(at: number): number {
    this.line += 1;
    return at;
  }

  /** Takes the row of a record; false when it is to be read as text. */
  private take({ time, output, input }: CaptureLayout): boolean {
    const milliseconds = this.clock.read(this.batch.memory, time);
    if (Number.isNaN(milliseconds)) return false;
    const { window, log, batch } = this;
    const place = placeInTime(milliseconds, window);
    if (place === 'elsewhere') return false;
    if (place === 'beside') {
      log.profile.outsideWindow += 1;
      log.isEmpty = false;
      return true;
    }
    if (!batch.hasRoom()) batch.flush();
    const first = batch.size;
    if (output && batch.memory[output.from] === OPEN_ARRAY) return false; // perhaps a list, whose brackets are no part of its fields
    const middle = output ? this.write(output, first) : first;
    const end = input ? this.write(input, middle) : middle;
    if (middle < 0 || end < 0 || !log.accept(end - first, this.line, middle - first)) return false;
    batch.addRow(first, end);
    return true;
  }

  /** Writes the fields of one side from `first` on. Returns the end of what was written; -1 when the side has perhaps no row. */
  private write(side: StringRange, first: number): number {
    const { memory, size } = this.batch;
    const { from, to, count } = side;
    const isPerhapsBlank = from === to || (count === 1 && memory[from] <= SPACE);
    if (first < 0 || isPerhapsBlank || first + count - size > MAX_COLUMNS) return -1;
    this.fields.place(side, first);
    return first + count;
  }

  /** Hands on a line, or a part of one, as text. */
  private text(from: number, end: number): number {
    const { memory } = this.batch;
    this.batch.release();
    if (!this.isText) this.lines.beginAt(this.line);
    const isNew = !this.isText && !this.isKnown && memory[end - 1] === LINE_FEED;
    this.lines.push(this.decoder.decode(memory.subarray(from, end), { stream: true }));
    this.isText = memory[end - 1] !== LINE_FEED;
    if (!this.isText) this.line += 1;
    if (isNew && this.attempts < MAX_ATTEMPTS) this.learn(from, end - 1);
    return end;
  }

  private learn(from: number, lineEnd: number): void {
    const { memory } = this.batch;
    const to = memory[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    const layout = CaptureLayout.of(textOf(memory, from, to), this.fields);
    this.attempts += 1;
    if (layout?.load()) this.layouts.push(layout);
  }
}

/** Reads times that differ in little from the one before. */
class Clock {
  private hour = '';
  private hourStart = 0;

  /** Milliseconds since 1970; NaN when the text is no time. */
  read(memory: Uint8Array, { from, to }: StringRange): number {
    if (to - from !== '2024-05-01T10:30:00Z'.length) return parseTime(textOf(memory, from, to));
    const minutes = twoDigits(memory, from + 14);
    const seconds = twoDigits(memory, from + 17);
    if (minutes > 59 || seconds > 59 || !this.isSameHour(memory, from)) return this.parse(textOf(memory, from, to));
    return this.hourStart + 60_000 * minutes + 1000 * seconds;
  }

  private isSameHour(memory: Uint8Array, from: number): boolean {
    const { hour } = this;
    if (hour === '' || memory[from + 16] !== 58 || memory[from + 19] !== 90) return false;
    for (let at = 0; at < hour.length; at++) if (hour.charCodeAt(at) !== memory[from + at]) return false;
    return true;
  }

  private parse(text: string): number {
    const hour = text.slice(0, 14);
    const hourStart = parseTime(`${hour}00:00Z`);
    const isEndOfDay = hour.endsWith('T24:'); // 24:00:00 is a time, 24:00:01 is none
    if (!Number.isNaN(hourStart) && !isEndOfDay) {
      this.hour = hour;
      this.hourStart = hourStart;
    }
    return parseTime(text);
  }
}

/** More than 59 when these are no digits. */
function twoDigits(memory: Uint8Array, at: number): number {
  const tens = memory[at] - ZERO;
  const ones = memory[at + 1] - ZERO;
  return tens >>> 0 < 10 && ones >>> 0 < 10 ? 10 * tens + ones : 60;
}
