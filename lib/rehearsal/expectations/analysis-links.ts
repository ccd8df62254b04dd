import { isMembers } from '../../cloud/members';
import { counted } from '../../kind/counted';
import { driftedMonitors, type Facts, type Link, met, unmet } from './facts';

/** The baseline's files are where the monitors look for them. */
export const baseline: Link = ({ baseline: files, baselinePlaces, missingFile }) => {
  if (missingFile !== undefined || baselinePlaces.length === 0) {
    const where = missingFile ? `s3://${missingFile.bucket}/${missingFile.key} is not there` : 'no schedule names any';
    return unmet('baseline', `no statistics and constraints to compare with: ${where}`);
  }
  if (files === undefined) return met('baseline', `constraints of ${counted(baselinePlaces.length, 'monitor')}`);
  const { statistics, constraints } = files;
  const records = counted(statistics.dataset.item_count, 'record');
  return met('baseline', `${records}, constraints on ${counted(constraints.features.length, 'feature')}`);
};

/** Schedules started runs of monitors. */
export const schedule: Link = ({ requests, schedules, recorded }) => {
  const arns = schedules.map(({ arn }) => arn);
  const attempts = recorded.deliveries.filter(({ from }) => arns.includes(from));
  const refused = attempts.find(({ delivered }) => !delivered);
  if (requests.length === 0) {
    return unmet('schedule', 'no AWS::Scheduler::Schedule has the input of a monitor\'s run ("mode": "monitor")');
  }
  if (refused !== undefined) {
    return unmet(
      'schedule',
      `${recorded.title(refused.from)} could not start ${recorded.title(refused.to)}: ${refused.reason}`,
    );
  }
  const runs = recorded.machineRuns.filter(({ startedBy }) => arns.includes(startedBy));
  return runs.length === 0
    ? unmet('schedule', 'no schedule of a monitor was due in the rehearsed hours, or all are disabled')
    : met('schedule', `${counted(runs.length, 'run')} of ${counted(requests.length, 'monitor')} started by schedules`);
};

/** The machines that schedules start have a Map state, and it, or the function that it invokes, went over the captured data. */
export const mapState: Link = (facts) => {
  const { machines, recorded } = facts;
  const missing = analysisMachines(facts).find(({ definition }) => !hasMap(JSON.parse(definition)));
  if (missing !== undefined || machines.length === 0) {
    const which =
      missing === undefined
        ? 'no AWS::StepFunctions::StateMachine'
        : `the definition of ${recorded.title(missing.arn)}`;
    return unmet(
      'Map state',
      `${which} ${missing === undefined ? 'has a' : 'has no'} Map state: nothing profiles the captured data`,
    );
  }
  const scheduled = facts.schedules.map(({ arn }) => arn);
  const runs = recorded.machineRuns.filter(({ startedBy }) => scheduled.includes(startedBy));
  const failed = refusedTelling(facts) ? [] : runs.filter(({ status }) => status === 'FAILED'); // that fails runs behind their Map
  const items = runs.reduce((sum, run) => sum + run.items, 0);
  if (failed[0] !== undefined) {
    return unmet(
      'Map state',
      `${failed.length} of ${counted(runs.length, 'run')} failed, the first with ${failed[0].cause}`,
    );
  }
  return items === 0
    ? unmet('Map state', 'no run had anything to read: look at the prefix of the captured data and at the window')
    : met('Map state', `${counted(items, 'item')} profiled in ${counted(runs.length, 'run')}`);
};

/** What tells of a run, and has to be allowed. */
const TELLING = ['cloudwatch:PutMetricData', 'events:PutEvents'];

const refusedTelling = ({ recorded }: Facts) => recorded.denied.find(({ action }) => TELLING.includes(action));

/** What runs came to was told, by metrics and by events. */
export const outcomeTold: Link = (facts) => {
  const { recorded, windows } = facts;
  const refused = refusedTelling(facts);
  if (refused !== undefined) {
    const { caller, action, resource, reason } = refused;
    return unmet('outcome told', `${recorded.title(caller)} may not ${action} on ${resource}: ${reason}`);
  }
  return windows.length === 0
    ? unmet('outcome told', 'no run told what it came to: none was concluded')
    : met('outcome told', `metrics and events of ${counted(windows.length, 'window')} were taken`);
};

/** At least one window has violations. */
export const driftFound: Link = (facts) => {
  const monitors = driftedMonitors(facts);
  const windows = facts.windows.filter(({ outcome }) => outcome.status === 'CompletedWithViolations');
  return monitors.length === 0
    ? unmet('drift found', nothingFound(facts))
    : met(
        'drift found',
        `${windows.length} of ${counted(facts.windows.length, 'window')} with violations, by ${monitors.join(', ')}`,
      );
};

function nothingFound({ windows }: Facts): string {
  const statuses = windows.map(({ outcome }) => outcome.status).join(', ') || 'none concluded';
  const failed = windows.find(({ outcome }) => outcome.status === 'Failed');
  if (failed) return `no window has violations (${statuses}): ${failed.outcome.failureReason}`;
  if (windows.some(({ outcome }) => outcome.status === 'Watch')) {
    return `no violation was confirmed by another window (${statuses}): give the drift a second hour of traffic, or the monitor AlertPolicy.everyWindow()`;
  }
  return `no window has violations (${statuses}): does the traffic drift, and are the thresholds right?`;
}

/** Windows were analysed, and none has violations that are confirmed. */
export const noDrift: Link = ({ windows }) => {
  const bad = windows.find(
    ({ outcome }) => outcome.status === 'CompletedWithViolations' || outcome.status === 'Failed',
  );
  const completed = windows.filter(({ outcome }) => outcome.status === 'Completed' || outcome.status === 'Watch');
  if (bad !== undefined) {
    const { windowEnd, status, violations, failureReason } = bad.outcome;
    const what = violations.map(({ feature, check }) => `${feature}: ${check}`).join(', ');
    return unmet('no drift', `the window up to ${windowEnd} is ${status}: ${failureReason ?? what}`);
  }
  return completed.length === 0
    ? unmet('no drift', 'no window with data was completed')
    : met('no drift', `${counted(completed.length, 'window')} without violations${watchedWords(completed)}`);
};

function watchedWords(windows: Facts['windows']): string {
  const watched = windows.filter(({ outcome }) => outcome.status === 'Watch');
  return watched.length > 0 ? ` that are confirmed; ${counted(watched.length, 'window')} of them watched` : '';
}

/** Machines that schedules start; all machines where no schedule exists. */
function analysisMachines({ machines, schedules }: Facts) {
  const started = machines.filter(({ arn }) => schedules.some(({ target }) => target.arn === arn));
  return started.length === 0 ? machines : started;
}

function hasMap(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.some(hasMap);
  }
  return isMembers(value) && (value.Type === 'Map' || Object.values(value).some(hasMap));
}
