import type { ExecutionReport } from '../../../outcome/contract';
import { HOUR_MILLISECONDS } from '../../../outcome/run-times';
import { lastModified } from '../../../runtime/s3';
import type { MonitorRequest } from '../contract';
import { windowOf } from '../request-window';

/** How old the baseline was when a run's window ended, where its age has a limit: since its statistics were written, of kinds without any its constraints. */
export async function baselineAge(request: MonitorRequest): Promise<Pick<ExecutionReport, 'baselineAgeHours'>> {
  if (request.limits?.baselineAgeHours === undefined) return {};
  const { statistics, constraints } = request.baseline;
  const written = await lastModified(statistics ?? constraints);
  const age = windowOf(request).end.getTime() - written.getTime();
  return { baselineAgeHours: Math.max(0, Math.floor(age / HOUR_MILLISECONDS)) };
}
