import { textOf } from '../batch/field-batch';
import { TEXT_BYTES } from '../batch/field-memory';
import { ByteReader } from './byte-reader';
import type { CaptureFields } from './capture-fields';
import { CaptureLayout, type LineForm, type MatchedLine } from './capture-layout';
import { Clock } from './clock';
import { type LineSink, TextLines } from './text-lines';
import type { Workspace } from './workspace';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** An endpoint writes its records in one layout or two. Where this many lines gave none, others will not either. */
const MAX_ATTEMPTS = 16;

/** Takes the lines of a file: those of a known layout by where their strings stand, all others as text. */
export interface MatchedLineSink extends LineSink {
  readonly maximumRecordBytes: number;
  /** Takes a line. False when it is to come as text: so is whatever has to be reported. */
  matched(found: MatchedLine): boolean;
}

/**
 * Reads the lines of a file once for all who take them, and finds the strings of those of a known layout without making text of them. All others, and those
 * that somebody does not take, go line by line to a sink of text, whose rules these are.
 */
export class MatchedLines extends ByteReader {
  private readonly texts: readonly TextLines[];
  private readonly smallestMaximum: number;
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
    private readonly sinks: readonly MatchedLineSink[],
    private readonly form: LineForm,
    workspace: Workspace,
  ) {
    super(workspace.batch);
    this.fields = workspace.captureFields;
    this.texts = sinks.map((sink) => new TextLines(sink, sink.maximumRecordBytes));
    this.smallestMaximum = Math.min(...sinks.map(({ maximumRecordBytes }) => maximumRecordBytes));
  }

  override end(): void {
    super.end();
    const rest = this.isText ? this.decoder.decode() : '';
    for (const text of this.texts) {
      text.push(rest);
      text.end();
    }
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
      if (3 * (at - from) > this.smallestMaximum) return -1; // measured to the byte there
      const end = Math.min(at + 1, to);
      return this.take(layout, from, end) ? this.next(end) : -1;
    }
    return -1;
  }

  private next(at: number): number {
    this.line += 1;
    return at;
  }

  /** Hands on where the strings of a line stand, and its text to who does not take that; false when nobody is to see more of it than its text. */
  private take(layout: CaptureLayout, from: number, end: number): boolean {
    const { timeRange } = layout;
    if (timeRange) layout.time = this.clock.read(this.batch.memory, timeRange);
    if (timeRange && Number.isNaN(layout.time)) return false;
    layout.line = this.line;
    for (let index = 0; index < this.sinks.length; index++) {
      if (this.sinks[index].matched(layout)) continue;
      if (this.sinks.length === 1) return false;
      this.texts[index].beginAt(this.line);
      this.texts[index].push(textOf(this.batch.memory, from, end));
    }
    return true;
  }

  /** Hands on a line, or a part of one, as text. */
  private text(from: number, end: number): number {
    const { memory } = this.batch;
    const isBegun = this.isText;
    const isNew = !isBegun && !this.isKnown && memory[end - 1] === LINE_FEED;
    const text = this.decoder.decode(memory.subarray(from, end), { stream: true });
    for (const lines of this.texts) {
      if (!isBegun) lines.beginAt(this.line);
      lines.push(text);
    }
    this.isText = memory[end - 1] !== LINE_FEED;
    if (!this.isText) this.line += 1;
    if (isNew && this.attempts < MAX_ATTEMPTS) this.learn(from, end - 1);
    return end;
  }

  private learn(from: number, lineEnd: number): void {
    const { memory } = this.batch;
    const to = memory[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    const layout = CaptureLayout.of(textOf(memory, from, to), this.form, this.fields);
    this.attempts += 1;
    if (layout?.load()) this.layouts.push(layout);
  }
}
