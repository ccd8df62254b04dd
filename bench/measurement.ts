/** What one process took. */
export interface Measurement<Result = unknown> {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
  /** what its work came to, where it says so */
  readonly result?: Result;
}

/** Runs the work of this process, and prints what the whole process took until then as JSON. */
export async function measured<Result>(work: () => Promise<Result>): Promise<void> {
  const result = await work();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const measurement: Measurement<Result> = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    wallSeconds: process.uptime(),
    peakMegabytes: (maxRSS * 1024) / 1e6,
    result,
  };
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}
