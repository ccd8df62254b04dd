/** Walks over the text of a valid JSON document, one token after the other. A number or word needs another character behind it. */
export abstract class JsonScanner {
  protected at = 0;

  constructor(protected readonly text: string) {}

  /** The first character of the next token. */
  protected next(): string {
    while (' \t\r\n'.includes(this.text[this.at])) this.at += 1;
    return this.text[this.at];
  }

  /** The text of a plain value that begins with `first`, as it has it in the document; null for one that is missing: `null` and `""`. */
  protected plain(first: string): string | null {
    const value = first === '"' ? this.string() : this.literal();
    return value === '' ? null : value;
  }

  protected string(): string {
    const from = this.at;
    this.at += 1;
    while (this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at += 1;
    return JSON.parse(this.text.slice(from, this.at));
  }

  private literal(): string | null {
    const from = this.at;
    while (!',}] \t\r\n'.includes(this.text[this.at])) this.at += 1;
    const value = this.text.slice(from, this.at);
    return value === 'null' ? null : value;
  }
}
