import type { Alarm } from '../../cloud/account/alarms';
import { isMembers, objectList, textList } from '../../cloud/members';
import { counted } from '../../kind/counted';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS } from '../../outcome/contract';
import type { Expectation } from '../result';
import { driftedMonitors, type Facts, isDigest, type Link, met, unmet } from './facts';

/** For every monitor that found drift, an alarm on its violations fired. */
export const driftAlarm: Link = (facts) => {
  for (const monitor of driftedMonitors(facts)) {
    const watching = driftAlarmsOf(facts, monitor);
    if (watching.length === 0) {
      return unmet(
        'drift alarm',
        `no AWS::CloudWatch::Alarm watches ${METRIC_NAMESPACE} ${METRICS.violations} of ${monitor}`,
      );
    }
    if (!watching.some((alarm) => fired(facts, alarm))) {
      const changes = watching.map(({ arn }) => facts.recorded.title(arn)).join(', ');
      return unmet(
        'drift alarm',
        `${changes} did not go to ALARM though ${monitor} found violations: look at period, statistic and threshold`,
      );
    }
  }
  const alarms = firedDriftAlarms(facts);
  return alarms.length === 0
    ? unmet('drift alarm', 'not reached: no drift was found')
    : met('drift alarm', `${alarms.map(({ arn }) => facts.recorded.title(arn)).join(', ')} went to ALARM`);
};

/** The health of all monitors was published, and alarms watch it: a run that sees less than it should would be told. */
export const healthAlarm: Link = (facts) => {
  const published = healthIds(facts.recorded);
  const silent = facts.requests.find(({ monitor }) => !published.has(monitor.monitoringId ?? monitor.id));
  if (silent !== undefined) {
    return unmet('health alarm', `no run of ${silent.monitor.id} published ${METRIC_NAMESPACE} ${METRICS.health}`);
  }
  const watched = [...published].map((id) => ({
    id,
    alarms: alarmsOn(facts, [METRICS.health, METRIC_DIMENSIONS.monitoring, id]),
  }));
  const unwatched = watched.find(({ alarms }) => alarms.length === 0);
  if (unwatched !== undefined) {
    const what = `${METRIC_NAMESPACE} ${METRICS.health} of ${unwatched.id}`;
    return unmet(
      'health alarm',
      `no AWS::CloudWatch::Alarm watches ${what}: nobody would be told of a run that failed`,
    );
  }
  const names = watched.flatMap(({ alarms }) => alarms.map(({ arn }) => facts.recorded.title(arn)));
  return names.length === 0
    ? unmet('health alarm', 'not reached: no run was concluded')
    : met(
        'health alarm',
        `${names.join(', ')} would tell of runs that read or check less than asked, fail, or are missing`,
      );
};

/** Whose health was published. */
function healthIds({ metrics }: Facts['recorded']): Set<string> {
  const ids = metrics.map(({ name, dimensions }) =>
    name === METRICS.health ? dimensions[METRIC_DIMENSIONS.monitoring] : undefined,
  );
  return new Set(ids.filter((id) => id !== undefined));
}

/** Every drift alarm that fired had somebody to tell. */
export const alarmAction: Link = (facts) => {
  const alarms = firedDriftAlarms(facts);
  const silent = alarms.find(({ props, name }) => textList(props, 'AlarmActions', name).length === 0);
  const attempts = attemptsOf(facts, alarms);
  if (silent !== undefined) {
    return unmet('alarm action', `${facts.recorded.title(silent.arn)} has no AlarmActions: it fires and tells nobody`);
  }
  return attempts.length === 0
    ? unmet('alarm action', 'not reached: no drift alarm fired, or its ActionsEnabled is false')
    : met('alarm action', `${counted(attempts.length, 'message')} to ${topicsOf(facts, attempts)}`);
};

/** Every topic let the alarms publish. */
export const topicPolicy: Link = (facts) => {
  const attempts = attemptsOf(facts, firedDriftAlarms(facts));
  const refused = attempts.find(({ delivered }) => !delivered);
  if (refused !== undefined) {
    const why = `${facts.recorded.title(refused.to)} does not let cloudwatch.amazonaws.com publish: ${refused.reason}`;
    return unmet('topic policy', `${why}; look at its AWS::SNS::TopicPolicy`);
  }
  return attempts.length === 0
    ? unmet('topic policy', 'not reached: no alarm acted')
    : met('topic policy', `alarms may publish to ${topicsOf(facts, attempts)}`);
};

/** A readable message about what was found arrived. */
export const digest: Link = (facts) => {
  const { functions, rules, recorded } = facts;
  const told = rules.flatMap(({ targets }) => targets.filter(isDigest).map(({ arn }) => arn));
  const digests = functions.filter(({ arn }) => told.includes(arn));
  const names = digests.map(({ arn }) => recorded.title(arn));
  const messages = recorded.messages.filter(({ sender }) => names.includes(sender));
  const [message] = messages;
  if (digests.length === 0) {
    return unmet(
      'digest',
      'no rule hands its events to the function that writes messages: nobody is told what was found',
    );
  }
  const error = recorded.invocations.find(
    ({ functionArn, error: e }) => e !== undefined && digests.some(({ arn }) => arn === functionArn),
  );
  return message === undefined
    ? unmet(
        'digest',
        error?.error ?? `${names.join(', ')} sent nothing: look at its rule, its permission and its topic`,
      )
    : met(
        'digest',
        `"${message.subject ?? ''}" to ${message.topic}; ${counted(messages.length, 'message')} about ${counted(incidentCount(facts), 'incident')}`,
      );
};

/** Incidents that were open in one window or more. */
function incidentCount({ windows }: Facts): number {
  const ids = windows.flatMap(({ outcome: { monitorId, incidents } }) =>
    incidents?.incident ? [`${monitorId} ${incidents.incident.id}`] : [],
  );
  return new Set(ids).size;
}

/** No alarm fired, neither on a monitor nor on what watches for missed runs. */
export const noAlarm: Link = (facts) => quiet('no alarm', facts, () => true);

/** What watches for missed runs lived, and missed none. */
export const watcher: Link = (facts) =>
  quiet('watcher', facts, (alarm) => !hasDimension(alarm, METRIC_DIMENSIONS.monitor));

function quiet(name: string, { alarms, recorded }: Facts, isMeant: (alarm: Alarm) => boolean): Expectation {
  const meant = alarms.filter((alarm) => alarm.props.Namespace === METRIC_NAMESPACE && isMeant(alarm));
  const change = recorded.alarmChanges.find(
    ({ to, alarmArn }) => to === 'ALARM' && meant.some(({ arn }) => arn === alarmArn),
  );
  return change === undefined
    ? met(name, `${counted(meant.length, 'alarm')} stayed quiet`)
    : unmet(name, `${recorded.title(change.alarmArn)} went to ALARM at ${change.time}: ${change.reason}`);
}

function hasDimension({ props, name }: Alarm, dimension: string): boolean {
  return objectList(props, 'Dimensions', name).some(({ Name }) => Name === dimension);
}

function firedDriftAlarms(facts: Facts): Alarm[] {
  const watching = driftedMonitors(facts).flatMap((monitor) => driftAlarmsOf(facts, monitor));
  return watching.filter((alarm) => fired(facts, alarm));
}

function fired({ recorded }: Facts, { arn }: Alarm): boolean {
  return recorded.alarmChanges.some(({ alarmArn, to }) => alarmArn === arn && to === 'ALARM');
}

function driftAlarmsOf(facts: Facts, monitorId: string): Alarm[] {
  return alarmsOn(facts, [METRICS.violations, METRIC_DIMENSIONS.monitor, monitorId]);
}

/** Those that watch a metric of this library, alone or in an expression. */
function alarmsOn({ alarms }: Facts, [metricName, dimension, value]: [string, string, string]): Alarm[] {
  return alarms.filter(({ props, name }) => {
    const queries = objectList(props, 'Metrics', name).map(({ MetricStat: stat }) =>
      isMembers(stat) ? stat.Metric : undefined,
    );
    return [props, ...queries].filter(isMembers).some((metric) => {
      const dimensions = objectList(metric, 'Dimensions', name);
      const isMeant = dimensions.some(({ Name, Value }) => Name === dimension && Value === value);
      return metric.Namespace === METRIC_NAMESPACE && metric.MetricName === metricName && isMeant;
    });
  });
}

function attemptsOf({ recorded }: Facts, alarms: readonly Alarm[]) {
  return recorded.deliveries.filter(({ from }) => alarms.some(({ arn }) => arn === from));
}

function topicsOf({ recorded }: Facts, attempts: readonly { readonly to: string }[]): string {
  return [...new Set(attempts.map(({ to }) => recorded.title(to)))].join(', ');
}
