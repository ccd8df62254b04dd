import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * How full the disk of a variant's instances is, in percent, 0 to 100: maximum over 5 minutes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 * @internal
 */
export function diskUtilization(
  endpointName: string,
  variantName: string,
  options?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: '/aws/sagemaker/Endpoints',
    metricName: 'DiskUtilization',
    dimensionsMap: { EndpointName: endpointName, VariantName: variantName },
    statistic: cloudwatch.Stats.MAXIMUM,
    ...options,
  });
}
