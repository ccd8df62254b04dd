import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { OperationsMetric } from '../endpoint/operations-metric';
import { BY_INSTANCES } from '../endpoint/published-operations';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS } from '../outcome/contract';
import { searchTerms } from './search';

/**
 * What stands in the dashboard for the monitor, endpoint and account that somebody chooses. It is replaced wherever it stands: in searches, queries of logs, parameters of widgets.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_dashboard_variables.html
 */
export const CHOSEN = { monitor: 'CHOSEN-MONITOR', endpoint: 'CHOSEN-ENDPOINT', account: '000000000000' } as const;

/** The choices: what there is of monitors and endpoints, those are asked for that published a metric in the last two weeks. */
export function variables(accounts: readonly string[]): cloudwatch.DashboardVariable[] {
  return [monitors(), endpoints(), ...(accounts.length > 0 ? [accountOf(accounts)] : [])];
}

function monitors(): cloudwatch.DashboardVariable {
  const search = {
    namespace: METRIC_NAMESPACE,
    dimensions: [METRIC_DIMENSIONS.monitor],
    metricName: METRICS.violations,
  };
  return select('monitor', 'Monitor', cloudwatch.Values.fromSearch(searchTerms(search), METRIC_DIMENSIONS.monitor));
}

function endpoints(): cloudwatch.DashboardVariable {
  const { namespace = '', metricName } = BY_INSTANCES.metrics[OperationsMetric.INVOCATIONS] ?? {};
  const search = { namespace, dimensions: ENDPOINT_DIMENSIONS, metricName };
  return select('endpoint', 'Endpoint', cloudwatch.Values.fromSearch(searchTerms(search), 'EndpointName'));
}

/** Of what SageMaker publishes of a variant. */
export const ENDPOINT_DIMENSIONS = ['EndpointName', 'VariantName'] as const;

function accountOf(accounts: readonly string[]): cloudwatch.DashboardVariable {
  const values = accounts.map((value) => ({ value }));
  return select('account', 'Account', cloudwatch.Values.fromValues(...values));
}

function select(id: keyof typeof CHOSEN, label: string, values: cloudwatch.Values): cloudwatch.DashboardVariable {
  return new cloudwatch.DashboardVariable({
    id,
    label,
    type: cloudwatch.VariableType.PATTERN,
    value: CHOSEN[id],
    inputType: cloudwatch.VariableInputType.SELECT,
    values,
    defaultValue: cloudwatch.DefaultValue.FIRST,
    visible: true,
  });
}
