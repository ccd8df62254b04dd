import { chiSquaredSurvival } from './tail-probabilities';

/** How likely chance is as many standard errors off to one side, or more; NaN for NaN. */
export function oneSided(standardErrors: number): number {
  const beyond = chiSquaredSurvival(standardErrors ** 2, 1) / 2;
  return standardErrors >= 0 ? beyond : 1 - beyond;
}
