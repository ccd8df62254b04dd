import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { newFolder, removeFolders, rows, synthesize } from './fixtures/app';

afterAll(removeFolders);

/** Without a network interface that is up: not even 127.0.0.1 can be reached. */
const OFFLINE = ['unshare', '-rn'];
const canGoOffline = spawnSync(OFFLINE[0], [...OFFLINE.slice(1), 'true']).status === 0;

/** The command line as it is published: one file, nothing beside it. */
function bundledCli(): string {
  const outfile = join(newFolder(), 'cli.mjs');
  buildSync({
    entryPoints: [resolve(__dirname, '../../lib/cli/main.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return outfile;
}

(canGoOffline ? test : test.skip)('the bundled command line rehearses on a machine without any network', () => {
  const traffic = join(newFolder(), 'traffic.csv');
  const lines = rows(400, true).map(({ output, input }) => [...output, ...input].join(','));
  writeFileSync(traffic, `${['score,size,colour', ...lines].join('\n')}\n`);
  const args = [bundledCli(), 'rehearse', '--assembly', synthesize(), '--traffic', traffic];
  const { status, stdout, stderr } = spawnSync(OFFLINE[0], [...OFFLINE.slice(1), process.execPath, ...args], {
    encoding: 'utf8',
    timeout: 50_000,
    env: { PATH: process.env.PATH },
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('retraining exactly once');
});
