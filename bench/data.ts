import { closeSync, openSync, writeSync } from 'node:fs';

/** What is written: values as they come in practice, or none that comes twice in its column but by chance. */
export type Variety = 'mixed' | 'distinct';

/** 12 fractional, 6 integral and 2 text columns. */
export const COLUMNS = [
  ...Array.from({ length: 12 }, (_, index) => `f${index}`),
  ...Array.from({ length: 6 }, (_, index) => `i${index}`),
  's0',
  's1',
];

const SEED = 20200602;

/** Xorshift: the same numbers on every machine. */
class Dice {
  private state: number;

  /** Another sequence for each `first`. */
  constructor(first = 0) {
    this.state = SEED + first;
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % limit;
  }

  /** Bell-shaped around 0: the sum of four even numbers. */
  bell(): number {
    return this.below(1000) + this.below(1000) + this.below(1000) + this.below(1000) - 1998;
  }
}

/** A file of lines that is written in pieces of some megabytes. */
export class Output {
  private readonly file: number;
  private parts: string[] = [];

  constructor(path: string) {
    this.file = openSync(path, 'w');
  }

  line(text: string): void {
    if (this.parts.push(text) === 10_000) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    if (this.parts.length > 0) writeSync(this.file, `${this.parts.join('\n')}\n`);
    this.parts = [];
  }
}

/** Writes a CSV file with a header, the columns `times` over; the same bytes for the same arguments. */
export function writeCsv(path: string, rows: number, variety: Variety, times = 1): void {
  const dice = new Dice();
  const output = new Output(path);
  const repeated = Array.from({ length: times });
  output.line(repeated.flatMap((_, index) => COLUMNS.map((name) => (times > 1 ? `${name}_${index}` : name))).join(','));
  for (let row = 0; row < rows; row++) output.line(repeated.flatMap(() => values(dice, row, variety)).join(','));
  output.close();
}

/** Writes captured records: the model's score and 19 inputs, as an endpoint's data capture has them. Those before `first` are in other files. */
export function writeCapture(path: string, records: number, first = 0): void {
  const dice = new Dice(first);
  const output = new Output(path);
  const start = Date.UTC(2024, 4, 1);
  for (let index = 0; index < records; index++) {
    const [score, ...input] = values(dice, index, 'mixed');
    const time = new Date(start + Math.floor((index * 3.6e6) / records));
    output.line(capturedLine(score, input.join(','), time, first + index));
  }
  output.close();
}

const LABELS = ['cat', 'dog', 'hen'];

/** Writes captured records as well: the predicted one of three labels and the probability of each, and 19 inputs. */
export function writeClasses(path: string, records: number): void {
  const dice = new Dice();
  const output = new Output(path);
  const start = Date.UTC(2024, 4, 1);
  for (let index = 0; index < records; index++) {
    const [, ...input] = values(dice, index, 'mixed');
    const shares = LABELS.map(() => 1 + dice.below(10_000));
    const sum = shares.reduce((total, share) => total + share, 0);
    const said = LABELS[shares.indexOf(Math.max(...shares))];
    const answer = [said, ...shares.map((share) => (share / sum).toFixed(6))].join(',');
    output.line(capturedLine(answer, input.join(','), new Date(start + Math.floor((index * 3.6e6) / records)), index));
  }
  output.close();
}

/** What the service calls a captured record. */
export const eventIdOf = (record: number) => `9b1f6c1e-0d4b-4c1e-8d2f-${String(record).padStart(12, '0')}`;

function values(dice: Dice, row: number, variety: Variety): string[] {
  return variety === 'mixed' ? mixed(dice) : distinct(dice, row);
}

function mixed(dice: Dice): string[] {
  const fields: string[] = [];
  for (let column = 0; column < 12; column++) fields.push(decimal(dice.bell() * (1 + column) + 5000 * (column % 3), 2));
  for (let column = 0; column < 6; column++)
    fields.push(String(dice.below([5, 90, 1000, 20_000, 300_000, 4_000_000][column])));
  fields.push(`plan-${dice.below(8)}`, `city-${dice.below(90)}`);
  return fields;
}

function distinct(dice: Dice, row: number): string[] {
  const fields: string[] = [];
  for (let column = 0; column < 12; column++)
    fields.push(`${dice.below(1000)}.${100_000_000 + dice.below(900_000_000)}`);
  for (let column = 0; column < 6; column++) fields.push(String((column + 1) * 100_000_000 + row));
  fields.push(`order-${row}`, `customer-${dice.below(4_000_000_000)}`);
  return fields;
}

/** `value` with its last digits behind the point. */
function decimal(value: number, digits: number): string {
  const text = String(Math.abs(value)).padStart(digits + 1, '0');
  return `${value < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function capturedLine(output: string, input: string, time: Date, record: number): string {
  const side = (mode: string, data: string) => ({ observedContentType: 'text/csv', mode, data, encoding: 'CSV' });
  return JSON.stringify({
    captureData: { endpointInput: side('INPUT', input), endpointOutput: side('OUTPUT', output) },
    eventMetadata: {
      eventId: eventIdOf(record),
      inferenceTime: `${time.toISOString().slice(0, 19)}Z`,
    },
    eventVersion: '0',
  });
}
