/** A change of a decision: one operator, condition, text or block. */
interface Mutant {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'CompileError' | 'RuntimeError' | 'Ignored';
  readonly replacement: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** Counted from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * What the mutation tool writes, as far as it is read.
 *
 * @see https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema
 */
export interface MutationReport {
  readonly files: { readonly [file: string]: { readonly source: string; readonly mutants: readonly Mutant[] } };
}

/** How the tests of one file did. */
export interface Figures {
  readonly file: string;
  /** Mutants that a test noticed, by a failure or because it went on for too long. */
  readonly killed: number;
  /** All that ran. */
  readonly all: number;
  readonly survivors: readonly Survivor[];
}

/** A mutant that no test noticed. */
export interface Survivor {
  readonly line: number;
  /** What stood there, and what the tests took for as good. */
  readonly change: string;
}

/** Characters of code that a survivor is known by. */
const CODE_CHARACTERS = 70;

/** Counts a report, file by file in their order. */
export function figuresOf({ files }: MutationReport): Figures[] {
  return Object.entries(files).map(([file, { source, mutants }]) => {
    const valid = mutants.filter(({ status }) => !['CompileError', 'RuntimeError', 'Ignored'].includes(status));
    const alive = valid.filter(({ status }) => status !== 'Killed' && status !== 'Timeout');
    const survivors = alive.map((mutant) => ({ line: mutant.location.start.line, change: changeOf(source, mutant) }));
    return { file, killed: valid.length - alive.length, all: valid.length, survivors };
  });
}

function changeOf(source: string, { location, replacement }: Mutant): string {
  const lines = source.split('\n').slice(location.start.line - 1, location.end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, location.end.column - 1);
  lines[0] = lines[0].slice(location.start.column - 1);
  return [lines.join('\n'), replacement].map(shortened).join(' → ');
}

function shortened(code: string): string {
  const line = code.replace(/\s+/g, ' ').replace(/Stryker was here!?/g, '…');
  return line.length <= CODE_CHARACTERS ? line : `${line.slice(0, CODE_CHARACTERS)}…`;
}
