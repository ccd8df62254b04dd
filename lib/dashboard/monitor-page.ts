import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS } from '../outcome/contract';
import { heading, limit, lines } from './charts';
import { dimensionLabel, found, HOUR } from './search';
import { CHOSEN } from './variables';

/** Features that are drawn, those that drifted most. */
const MOST_FEATURES = 10;

const CHOSEN_MONITOR = { [METRIC_DIMENSIONS.monitor]: CHOSEN.monitor };

/** What one monitor found, run by run. */
export function monitorRows(account: string | undefined, drawn?: cloudwatch.IWidget): cloudwatch.IWidget[][] {
  return [
    [heading(`## Monitor ${CHOSEN.monitor}`, 1)],
    ...(drawn ? [[drawn]] : []),
    [
      lines({
        title: 'Confirmed violations',
        metrics: [ofRuns(METRICS.violations, cloudwatch.Stats.MAXIMUM, account)],
        limits: [limit(0, 'alarm above')],
        width: 8,
      }),
      lines({ title: `Drift by feature, the largest ${MOST_FEATURES}`, metrics: [drift(account)], width: 8 }),
      lines({
        title: 'How runs ended',
        metrics: [METRICS.completed, METRICS.failed, METRICS.noData, METRICS.missed].map((name) =>
          ofRuns(name, cloudwatch.Stats.SUM, account),
        ),
        width: 8,
      }),
    ],
  ];
}

function ofRuns(metricName: string, statistic: string, account: string | undefined): cloudwatch.IMetric {
  const dimensions = [METRIC_DIMENSIONS.monitor];
  return found(
    { namespace: METRIC_NAMESPACE, dimensions, where: CHOSEN_MONITOR, metricName },
    { statistic, period: HOUR, label: metricName, account },
  );
}

/** Of monitors with `featureMetrics`. */
function drift(account: string | undefined): cloudwatch.IMetric {
  const { monitor, feature } = METRIC_DIMENSIONS;
  return found(
    {
      namespace: METRIC_NAMESPACE,
      dimensions: [monitor, feature],
      where: CHOSEN_MONITOR,
      metricName: METRICS.featureDrift,
    },
    {
      statistic: cloudwatch.Stats.MAXIMUM,
      period: HOUR,
      label: dimensionLabel(feature),
      account,
      formula: `SORT(SEARCH, MAX, DESC, ${MOST_FEATURES})`,
    },
  );
}
