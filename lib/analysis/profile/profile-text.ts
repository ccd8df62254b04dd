import type { WrittenDefects } from '../reading/defects';
import { Profile } from './profile';
import { type TableState, tableFromState, tableState } from './table-profile';

/** Raised with every change to what is stored: profiles of two versions are never mixed. */
const VERSION = 8;

interface ProfileState {
  readonly version: number;
  readonly fileCount: number;
  readonly outsideWindow: number;
  readonly filtered: number;
  readonly found: string[];
  readonly defects: WrittenDefects;
  readonly tables: TableState[];
}

/** Writes a profile as compact JSON, from which {@link decodeProfile} restores it to the bit. */
export function encodeProfile(profile: Profile): string {
  const { fileCount, outsideWindow, filtered, found, defects, tables } = profile;
  const state: ProfileState = {
    version: VERSION,
    fileCount,
    outsideWindow,
    filtered,
    found: [...found],
    defects: defects.written,
    tables: Array.from(tables.values(), tableState),
  };
  return JSON.stringify(state);
}

/** Restores a profile. Throws when the text is no profile, or one of another version. */
export function decodeProfile(text: string): Profile {
  const state = parse(text);
  if (state?.version !== VERSION) {
    throw new Error(
      `ProfileVersion: the profile has the version ${state?.version}, this analysis reads ${VERSION}; profile the data again`,
    );
  }
  const profile = new Profile();
  profile.fileCount = state.fileCount;
  profile.outsideWindow = state.outsideWindow;
  profile.filtered = state.filtered;
  for (const each of state.found) profile.found.add(each);
  profile.defects.restore(state.defects);
  for (const table of state.tables.map(tableFromState)) profile.tables.set(table.key(), table);
  return profile;
}

function parse(text: string): ProfileState | null {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('ProfileMalformed: the text is no profile; profile the data again', { cause: error });
  }
}

/** Merges profiles of parts that were read in this order. The parts stay as they are; an empty list gives an empty profile. */
export function mergeProfiles(parts: Iterable<Profile>): Profile {
  const whole = new Profile();
  for (const part of parts) whole.merge(part);
  return whole;
}
