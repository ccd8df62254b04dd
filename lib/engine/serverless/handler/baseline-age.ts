import type { ExecutionReport } from '../../../outcome/contract';
import { baselineAgeHours } from '../../../outcome/handler/baseline-age';
import type { MonitorRequest } from '../contract';
import { windowOf } from '../request-window';

/** How old the baseline was when a run's window ended, where its age has a limit: since its statistics were written, of kinds without any its constraints. */
export async function baselineAge(request: MonitorRequest): Promise<Pick<ExecutionReport, 'baselineAgeHours'>> {
  if (request.limits?.baselineAgeHours === undefined) return {};
  const { statistics, constraints } = request.baseline;
  return { baselineAgeHours: await baselineAgeHours(statistics ?? constraints, windowOf(request).end) };
}
