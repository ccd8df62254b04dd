/** Figures by name. */
export interface Figures {
  readonly [name: string]: unknown;
}

/** How far apart two figures may be: sums in another order differ in their last digits. */
const RELATIVE = 1e-9;
const ABSOLUTE = 1e-12;

/** What this library says otherwise than another does, a line each; empty where they agree. */
export function differences(of: string, ours: Figures, theirs: Figures): string[] {
  return Object.entries(theirs)
    .filter(([name, value]) => !areClose(ours[name], value))
    .map(([name, value]) => `${of}: ${name} is ${ours[name]} here, and ${value} there`);
}

/** Whether two figures are the same; what is no number has to be equal. */
export function areClose(ours: unknown, theirs: unknown): boolean {
  if (typeof ours !== 'number' || typeof theirs !== 'number') return ours === theirs;
  return Math.abs(ours - theirs) <= Math.max(ABSOLUTE, RELATIVE * Math.abs(theirs));
}
