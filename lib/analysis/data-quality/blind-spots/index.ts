export type { BlindSpot, BlindSpotKind } from './blind-spot';
export { type BlindSpotsInput, blindSpots } from './blind-spots';
