import { closeSync, openSync, readSync } from 'node:fs';

/** Reads a file with one buffer: what a stream allocates and frees is no part of the analysis. */
export function readPieces(path: string, take: (chunk: Uint8Array) => void): void {
  const buffer = new Uint8Array(64 * 1024);
  const file = openSync(path, 'r');
  for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) take(buffer.subarray(0, size));
  closeSync(file);
}
