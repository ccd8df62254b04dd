import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ServiceMetrics } from '../engine/model-monitor/metric/service-metrics';
import { KIND_SERVICES } from '../kind/kind-services';
import { MonitorKind } from '../kind/monitor-kind';
import { lines } from './charts';
import { dimensionLabel, found, HOUR, propertyLabel } from './search';
import { CHOSEN } from './variables';

/** Of a schedule whose name nobody knows. */
const ANY = { monitoringScheduleName: '', endpointName: CHOSEN.endpoint };

/** What SageMaker publishes of the endpoint's monitors on Model Monitor, with `serviceMetrics`: drift, quality, bias, attributions. */
export function serviceRow(account: string | undefined): cloudwatch.IWidget[] {
  const kinds = Object.values(MonitorKind);
  return kinds.map((kind) => serviceChart(kind, { width: 24 / kinds.length, account }));
}

function serviceChart(kind: MonitorKind, { width, account }: { width: number; account?: string }): cloudwatch.IWidget {
  const { metricNamespace: namespace = '', dimensions = {} } = ServiceMetrics.published()._bindingOf(kind, ANY) ?? {};
  const { title, dimensions: further, words, statistic } = KIND_SERVICES[kind].drawn;
  const where = Object.fromEntries(Object.entries(dimensions).filter(([, value]) => value === CHOSEN.endpoint));
  const search = { namespace, dimensions: [...Object.keys(dimensions), ...further], where, words };
  const label = [...further.map(dimensionLabel), propertyLabel('MetricName')].join(' ');
  return lines({ title, metrics: [found(search, { statistic, period: HOUR, label, account })], width, isSigned: true });
}
