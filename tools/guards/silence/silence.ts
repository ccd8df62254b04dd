import type { Guards } from '../guard';
import { CHECKED } from './checked';
import { MEANT } from './meant';
import { READ } from './read';
import { TOLD } from './told';

/** By the sections of `docs/silence.md`. */
export const SILENCE: Guards = { ...CHECKED, ...READ, ...MEANT, ...TOLD };
