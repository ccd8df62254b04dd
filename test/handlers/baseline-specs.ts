import type { BaselineJobSpec, BaselineSpec } from '../../lib/baseline/contract';

/** A specification that asks for a processing job. */
export function jobSpec(job: Partial<BaselineJobSpec> = {}): BaselineSpec & { readonly job: BaselineJobSpec } {
  return {
    job: {
      request: {
        AppSpecification: { ImageUri: '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer' },
        Environment: { dataset_format: '{"csv":{"header":true}}' },
        RoleArn: 'arn:aws:iam::111122223333:role/monitor',
        ProcessingInputs: [
          {
            InputName: 'baseline_dataset_input',
            S3Input: {
              S3Uri: 's3://training/churn/train.csv',
              LocalPath: '/opt/ml/processing/input/baseline_dataset_input',
              S3DataType: 'S3Prefix',
              S3InputMode: 'File',
              S3DataDistributionType: 'FullyReplicated',
              S3CompressionType: 'None',
            },
          },
        ],
        ProcessingOutputConfig: {
          Outputs: [
            {
              OutputName: 'monitoring_output',
              S3Output: { LocalPath: '/opt/ml/processing/output', S3UploadMode: 'EndOfJob' },
            },
          ],
        },
        ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
        StoppingCondition: { MaxRuntimeInSeconds: 3300 },
      },
      statisticsFile: 'statistics.json',
      constraintsFile: 'constraints.json',
      timeoutSeconds: 3300,
      ...job,
    },
    output: { bucket: 'out', prefix: 'reports/dq/baseline' },
  };
}
