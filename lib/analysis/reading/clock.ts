import { textOf } from '../batch/field-batch';
import type { StringRange } from './capture-fields';
import { parseTime } from './capture-record';

const ZERO = 48;

/** Reads times that differ in little from the one before. */
export class Clock {
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
