/** What keeps one thing from going wrong that went wrong once, or keeps a promise: a place in the code, and what it would be without. */
export interface Guard {
  /** What it does, in words. */
  readonly what: string;
  readonly file: string;
  /** Of the file, and once in it. */
  readonly code: string;
  /** Stands in its place while tests run. */
  readonly without: string;
  /** Files of tests, some of which have to fail then. */
  readonly tests: readonly string[];
  /** Words of the titles that are tried, where files have slow tests of something else; all where absent. */
  readonly title?: string;
}

/** By what went wrong, in the words of `docs/reliability.md`, or the section of `docs/silence.md`. */
export type Guards = { readonly [wentWrong: string]: readonly Guard[] };
