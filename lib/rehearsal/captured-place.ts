/** Where an endpoint captures. */
export interface CapturedPlace {
  readonly bucket: string;
  /** without slashes at its ends */
  readonly prefix: string;
}
