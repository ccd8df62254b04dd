import { BOUNDS } from './bounds';
import { DEPLOYMENTS } from './deployments';
import type { Guards } from './guard';
import { OUTCOMES } from './outcomes';

/** All guards, in the order in which `docs/reliability.md` says what went wrong. */
export const GUARDS: Guards = { ...BOUNDS, ...DEPLOYMENTS, ...OUTCOMES };
