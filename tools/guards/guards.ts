import { BELIEVED } from './believed';
import { BOUNDS } from './bounds';
import { DEPLOYMENTS } from './deployments';
import type { Guards } from './guard';
import { OUTCOMES } from './outcomes';
import { SILENCE } from './silence/silence';

/** All guards: of what went wrong, as `docs/reliability.md` says, then of what `docs/silence.md` promises. */
export const GUARDS: Guards = { ...BOUNDS, ...DEPLOYMENTS, ...OUTCOMES, ...BELIEVED, ...SILENCE };
