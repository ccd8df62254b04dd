/** Different values of one column that are held; a window of one value more says nothing of the column. */
export const MAX_VALUES = 250_000;

/** Characters of all values of a column that are held. */
export const MAX_CHARACTERS = 8_000_000;

/** The number of a value for which there is no room. */
export const NO_CODE = -1;

/** The values of a column as numbers, each text once, in memory bounded by {@link MAX_VALUES} and {@link MAX_CHARACTERS}. */
export class ValueCodes {
  private readonly codes = new Map<string, number>();
  private characters = 0;

  /** `isOverfull` says whether there was a value without room. */
  constructor(
    readonly texts: string[] = [],
    public isOverfull = false,
  ) {
    for (const [code, text] of texts.entries()) this.note(text, code);
  }

  /** The number of a value; {@link NO_CODE} for what there is no room for. */
  code(text: string): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const hasRoom = this.texts.length < MAX_VALUES && this.characters + text.length <= MAX_CHARACTERS;
    if (!hasRoom) {
      this.isOverfull = true;
      return NO_CODE;
    }
    this.note(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  /** What numbers of other codes are here. */
  recoding({ texts, isOverfull }: ValueCodes): (codes: Float64Array) => Float64Array {
    this.isOverfull ||= isOverfull;
    const here = texts.map((text) => this.code(text));
    return (codes) => codes.map((code) => here[code] ?? NO_CODE);
  }

  private note(text: string, code: number): void {
    this.codes.set(text, code);
    this.characters += text.length;
  }
}
