import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PreloadSettings, preloadSource, RUNTIME_SOURCE } from '../function/function-runtime-source';

/** The address that functions take for AWS's; only the preload leads it anywhere. */
const HOST = '127.0.0.1';
const PORT = 48000; // fetch refuses ports of other protocols, such as 9

/** The files that functions' processes are started with. */
export interface Workshop {
  readonly preload: string;
  readonly runtime: string;
  /** base of every service's and custom resource's address, as a function sees it */
  readonly endpoint: string;
  /** a folder that holds nothing of the user's */
  readonly home: string;
}

/** Writes the preload and the runtime into a folder. */
export function openWorkshop(
  folder: string,
  { socketPath, now }: Pick<PreloadSettings, 'socketPath' | 'now'>,
): Workshop {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const preload = join(folder, 'preload.mjs');
  const runtime = join(folder, 'runtime.mjs');
  writeFileSync(preload, preloadSource({ socketPath, host: HOST, port: PORT, now }));
  writeFileSync(runtime, RUNTIME_SOURCE);
  return { preload, runtime, endpoint: `http://${HOST}:${PORT}`, home };
}
