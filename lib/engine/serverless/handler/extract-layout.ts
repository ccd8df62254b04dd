import type { ExpectedColumns } from '../../../analysis';
import type { PrefixLocation } from '../../../core/contract';
import { KINDS } from '../../../kind/kinds';
import { extractsFolder, layoutName } from '../extracts';
import type { ExtractingRequest } from './has-extracts';
import { decisionsOf } from './kinds/decisions';

/**
 * Raised with every change to what a reading makes of bytes: extracts of two versions are never merged. `test/handlers/extract-version.test.ts` holds what
 * these versions make.
 */
const PROFILE_VERSION = 1;
/** The same, of kinds whose records meet labels range by range. */
const RANGES_VERSION = 2;

/**
 * Where the extracts of a request's data lie that are read as its own: by all that decides what is made of the bytes of an object, but for the interval, which
 * each extract has of its own.
 */
export function layoutFolder(request: ExtractingRequest, columns: ExpectedColumns | undefined): PrefixLocation {
  const version = KINDS[request.monitor.kind].readsLabels ? RANGES_VERSION : PROFILE_VERSION;
  const leftOut = request.ownCalls ? [request.ownCalls] : [];
  return extractsFolder(request, layoutName([version, ...decisionsOf(request, columns), ...leftOut]));
}
