/** What one process took. */
export interface Measurement {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
}

/** Runs the work of this process, and prints what the whole process took until then as JSON. */
export async function measured(work: () => Promise<void>): Promise<void> {
  await work();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const measurement: Measurement = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    wallSeconds: process.uptime(),
    peakMegabytes: (maxRSS * 1024) / 1e6,
  };
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}
