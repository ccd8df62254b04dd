import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { METRIC_NAMESPACE } from '../../outcome/contract';
import type { FiringAlarm } from '../../report';
import { nameOf } from '../../runtime/failure';

const client = new CloudWatchClient({});

/** Alarms that are listed, and pages of all that fire in an account and region that are looked through for them. */
const MOST_ALARMS = 50;
const MOST_PAGES = 10;
const PAGE_ALARMS = 100;

/** What fires, those that began last first. */
export interface Firing {
  /** absent where they may not be read */
  readonly alarms?: readonly FiringAlarm[];
  readonly hasMoreAlarms: boolean;
}

/** The alarms about models that fire, whichever stack made them. */
export async function firingAlarms(): Promise<Firing> {
  const found: MetricAlarm[] = [];
  try {
    const isWhole = await visitFiring((alarm) => found.push(alarm));
    const alarms = found.map(({ AlarmName: name = '', StateUpdatedTimestamp: since }) => ({
      name,
      since: since?.toISOString(),
    }));
    const newest = alarms.sort((one, other) => ((one.since ?? '') < (other.since ?? '') ? 1 : -1));
    return { alarms: newest.slice(0, MOST_ALARMS), hasMoreAlarms: !isWhole || newest.length > MOST_ALARMS };
  } catch (error) {
    if (!/^AccessDenied/.test(nameOf(error))) throw error;
    return { hasMoreAlarms: false };
  }
}

/** Hands on those about models; whether that were all. */
async function visitFiring(take: (alarm: MetricAlarm) => unknown): Promise<boolean> {
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const request = { StateValue: 'ALARM', AlarmTypes: ['MetricAlarm'], MaxRecords: PAGE_ALARMS, NextToken } as const;
    const answer = await client.send(new DescribeAlarmsCommand({ ...request, AlarmTypes: [...request.AlarmTypes] }));
    for (const alarm of answer.MetricAlarms ?? []) if (isAboutModels(alarm)) take(alarm);
    NextToken = answer.NextToken;
    if (!NextToken) return true;
  }
  return false;
}

/** By the namespace of what it watches: ours, or one of SageMaker's. */
function isAboutModels({ Namespace, Metrics = [] }: MetricAlarm): boolean {
  const namespaces = [Namespace, ...Metrics.map(({ MetricStat }) => MetricStat?.Metric?.Namespace)];
  return namespaces.some((name) => name === METRIC_NAMESPACE || /^\/?aws\/sagemaker(\/|$)/i.test(name ?? ''));
}
