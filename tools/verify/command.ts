import { spawnSync } from 'node:child_process';

/** Where a command runs, and what its environment has beside this process's own. */
export interface CommandOptions {
  /** The folder. */
  readonly cwd: string;
  /** Variables on top of the environment. */
  readonly env?: { readonly [name: string]: string };
}

/** Runs a command to its end and returns what it wrote; throws with all of it when the command fails. */
export function run(command: string, args: readonly string[], { cwd, env }: CommandOptions): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1', CDK_VALIDATION: 'false', ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Whether a program is on this machine. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
