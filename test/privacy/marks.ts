/** What every marked text begins with: seven letters, as three turn up by chance in the keyed hashes of every seventh baseline. */
const LETTERS = 'zqxjvkw';

/** What every marked text contains, however it is cased or cut to ten characters, and every marked number begins with; nothing else in these tests does. */
const MARK = new RegExp(`${LETTERS}|(?<![\\da-f])7331\\d{2,}`, 'i');

/** Everything that a text holds of marked values, with some of what stands around it. */
export function marksIn(text: string): string[] {
  return text.match(new RegExp(`.{0,60}(?:${MARK.source}).{0,20}`, 'gi')) ?? [];
}

/** Values of people, made up: no two alike, the same for one seed, and each to be known again wherever it turns up. */
export class Marks {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** `zqxjvkw1f0a9c Maier` */
  public name(): string {
    return `${LETTERS}${this.drawn().toString(16)} Maier`;
  }

  /** `zqxjvkw1f0a9c@mail.example` */
  public mail(): string {
    return `${LETTERS}${this.drawn().toString(16)}@mail.example`;
  }

  /** `733104711`: nine digits, of which an excerpt of ten characters holds enough */
  public number(): string {
    return `7331${String(this.drawn() % 100_000).padStart(5, '0')}`;
  }

  /** @see https://en.wikipedia.org/wiki/Linear_congruential_generator, with the numbers of Numerical Recipes */
  private drawn(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state >>> 4;
  }
}
