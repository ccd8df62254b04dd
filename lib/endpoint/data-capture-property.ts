import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { DataCaptureConfig } from './data-capture';

/**
 * Data capture as CloudFormation writes it.
 *
 * @internal
 */
export function renderCapture(capture: DataCaptureConfig): sagemaker.CfnEndpointConfig.DataCaptureConfigProperty {
  return {
    enableCapture: true,
    initialSamplingPercentage: capture.samplingPercentage,
    destinationS3Uri: capture.destinationS3Uri,
    kmsKeyId: capture.kmsKeyId,
    captureOptions: capture.captureModes.map((captureMode) => ({ captureMode })),
    captureContentTypeHeader: {
      csvContentTypes: capture.csvContentTypes,
      jsonContentTypes: capture.jsonContentTypes,
    },
  };
}
