/** Options of the serverless engine. */
export interface ServerlessEngineOptions {
  /**
   * How many groups of captured objects are profiled at the same time, 1 to 1,000: as many Lambda functions may run at once.
   *
   * @default 10
   */
  readonly maximumConcurrency?: number;
}
