/** Where a command writes to: one call a line. */
export interface Output {
  out(line: string): void;
  error(line: string): void;
}

/** Exit codes, the same for every command: 64 is `EX_USAGE` of sysexits.h. */
export const EXIT = { ok: 0, findings: 1, nothingDone: 2, usage: 64 } as const;

/** One subcommand. Returns its exit code; what it throws is a bug. */
export interface Command {
  /** one line, for the list of commands */
  readonly summary: string;
  /** its arguments, for `--help` and for who gave others */
  readonly usage: string;
  run(args: string[], output: Output): Promise<number>;
}

/** The user's arguments make no sense: the command line prints the message and exits with 64. */
export class UsageError extends Error {}
