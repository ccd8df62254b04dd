/** Where the service puts its own metrics of one monitor. */
export interface ServiceMetricsBinding {
  /** The CloudWatch namespace. */
  readonly namespace: string;
  /** Dimensions of every metric of the monitor. */
  readonly dimensions: { [name: string]: string };
}
