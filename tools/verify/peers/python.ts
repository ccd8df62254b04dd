import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { run } from '../command';
import { NotVerifiable } from '../not-verifiable';
import type { Workspace } from '../workspace';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

/** Clarify's open code. It pins what Python of its time had, and asks for clients of AWS that its metrics do not import: it is installed without either. */
const SMCLARIFY = 'smclarify==0.5';

/**
 * Makes an environment of Python with the packages that this library is compared with, and returns the path of its interpreter. Throws `NotVerifiable` where they
 * cannot be installed: for a Python that they do not support, or without a registry.
 */
export function pythonWithPeers(workspace: Workspace): string {
  const cwd = workspace.subfolder('peers');
  run('python3', ['-m', 'venv', '.venv'], { cwd });
  for (const packages of [
    ['--requirement', REQUIREMENTS],
    ['--no-deps', SMCLARIFY],
  ]) {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
    const { status, stderr } = spawnSync(path.join(cwd, '.venv/bin/python'), pip, { cwd, encoding: 'utf8' });
    if (status !== 0) throw new NotVerifiable(`pip cannot install ${packages[1]}: ${stderr.trim().split('\n').pop()}`);
  }
  return path.join(cwd, '.venv/bin/python');
}

/** Nothing is left beside the programs. */
export const PYTHON_SETTINGS = { PYTHONDONTWRITEBYTECODE: '1' };

/** Runs a program beside this file with a seed, and returns the lines of JSON that it prints. */
export function casesOf<Case>(python: string, program: string, seed: number): Case[] {
  const text = run(python, [path.join(__dirname, program), String(seed)], {
    cwd: __dirname,
    env: PYTHON_SETTINGS,
  });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
