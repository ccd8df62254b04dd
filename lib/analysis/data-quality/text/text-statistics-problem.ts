import { TEXT_STATISTICS, TEXT_STATISTICS_VERSION } from './text-statistics';

const ADVICE = 'make the baseline anew, by another revision';

/** Why a file is none that text can be compared with; undefined where it is one, and where there is none. */
export function textStatisticsProblem(content?: object): string | undefined {
  if (content === undefined) return undefined;
  const { version, key, features } = content as { version?: unknown; key?: unknown; features?: unknown };
  if (version !== TEXT_STATISTICS_VERSION) {
    const found = typeof version === 'number' ? version : 'no number';
    return `${TEXT_STATISTICS}: version is ${found}, allowed is ${TEXT_STATISTICS_VERSION}; ${ADVICE}`;
  }
  if (typeof key === 'string' && Array.isArray(features)) return undefined;
  return `${TEXT_STATISTICS} has no key and list of features; ${ADVICE}`;
}
