import { execFileSync } from 'node:child_process';

/** What a process executes, by which a busy machine counts as a quiet one does; all on one thread, in one order. */
const COUNTED = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null', '--smc-check=all-non-file'];
const ALIKE = ['--single-threaded', '--predictable', '--hash-seed=1', '--random-seed=1'];

const SAID_BY_VALGRIND = /^(==|--)\d+(==|--) /;

/** The last line of what valgrind says: `==7064== I   refs:      19,956,463,748`. */
const TOTAL = /I\s+refs:\s+([\d,]+)/;

/** Runs a script by Node.js under valgrind, some thirty times as slow, and gives what it printed and how many instructions it took. */
export function countInstructions(args: readonly string[], env: NodeJS.ProcessEnv): [printed: string, count: number] {
  const command = ['--log-fd=1', ...COUNTED, process.execPath, ...ALIKE, ...args];
  const printed = run(command, env);
  const total = TOTAL.exec(printed)?.[1];
  if (total === undefined) throw new Error(`valgrind counted nothing: ${printed.slice(-500)}`);
  const lines = printed.split('\n').filter((line) => line !== '' && !SAID_BY_VALGRIND.test(line));
  return [lines.join('\n'), Number(total.replaceAll(',', ''))];
}

function run(command: readonly string[], env: NodeJS.ProcessEnv): string {
  try {
    return execFileSync('valgrind', command, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error("--instructions needs 'valgrind', which this machine does not have");
  }
}
