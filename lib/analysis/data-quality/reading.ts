import type { Reading } from '../port';
import type { Profile } from '../profile/profile';
import { encodeProfile } from '../profile/profile-text';
import { createProfiler, type ProfileInput } from '../profile/profiler';

/** Reads the data of a data-quality analysis; its parts are profiles. */
export function dataQualityReading(input: ProfileInput): Reading<Profile> {
  return { reader: () => createProfiler(input), encode: encodeProfile };
}
