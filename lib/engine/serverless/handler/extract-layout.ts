import type { ExpectedColumns } from '../../../analysis';
import type { PrefixLocation } from '../../../core/contract';
import { extractsFolder, layoutName } from '../extracts';
import type { ExtractingRequest } from './has-extracts';
import { decisionsOf } from './kinds/decisions';

/**
 * Raised with every change to what a reading makes of bytes: extracts of two versions are never merged. `test/handlers/extract-version.test.ts` holds what
 * this version makes.
 */
const EXTRACT_VERSION = 1;

/**
 * Where the extracts of a request's data lie that are read as its own: by all that decides what is made of the bytes of an object, but for the interval, which
 * each extract has of its own.
 */
export function layoutFolder(request: ExtractingRequest, columns: ExpectedColumns | undefined): PrefixLocation {
  return extractsFolder(request, layoutName([EXTRACT_VERSION, ...decisionsOf(request, columns)]));
}
