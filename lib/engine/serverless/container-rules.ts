import type { MonitorRequest } from './contract';

/** Whether the rules of Model Monitor's container hold, for all but drift, or for all. */
export function hasContainerRules({ checks, drift }: Pick<MonitorRequest, 'checks' | 'drift'>): boolean {
  return checks === 'ModelMonitor' || drift.method === 'ModelMonitor';
}
