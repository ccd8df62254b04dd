import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from '../../../core/allow';
import { localArn } from '../../../core/local-arn';
import { spellingsOf } from '../../../endpoint/arn-spellings';
import { refuseReplacedElsewhere } from '../../../endpoint/replaced-elsewhere';
import type { Predictor } from '../../../monitor/predictor';
import { type ClarifyColumn, outputColumn } from './columns';

/** How a model is asked, as Clarify's configuration names it. */
export interface PredictorConfig {
  readonly model_name: string;
  readonly instance_type: string;
  readonly initial_instance_count: number;
  readonly content_type?: string;
  readonly accept_type?: string;
  readonly content_template?: string;
  readonly record_template?: string;
  readonly custom_attributes?: string;
  readonly label_headers?: readonly string[];
}

/** A predictor whose answers' places stand in the configuration, too. */
export interface LocatedPredictorConfig extends PredictorConfig {
  readonly label?: ClarifyColumn;
  readonly probability?: ClarifyColumn;
}

/**
 * How a model is asked, for runs of a monitor: where its predictions stand is said with the captured data.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-model-explainability-parameters.html
 * @internal
 */
export function predictorConfig(predictor: Predictor): PredictorConfig {
  const { request, modelName = '' } = predictor; // one without a model is refused
  return {
    model_name: modelName,
    instance_type: predictor.instanceType.name,
    initial_instance_count: predictor.instanceCount,
    content_type: request?.contentType,
    accept_type: predictor.response,
    content_template: request?.template,
    record_template: request?.recordTemplate,
    custom_attributes: predictor.customAttributes,
    label_headers: predictor.labelHeaders,
  };
}

/**
 * How a model is asked, for a baseline.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 * @internal
 */
export function locatedPredictorConfig(
  predictor: Predictor,
  { prediction, probability }: { readonly prediction?: string; readonly probability?: string },
): LocatedPredictorConfig {
  return {
    ...predictorConfig(predictor),
    label: prediction === undefined ? undefined : outputColumn(prediction),
    probability: probability === undefined ? undefined : outputColumn(probability),
  };
}

/**
 * Permits what a job does to ask the model: it starts an endpoint of its own, and deletes it at its end. The names are Clarify's:
 * `sm-clarify-config-{epoch}-{hex}` and `sm-clarify-{model}-{epoch}-{hex}`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 * @internal
 */
export function allowTemporaryEndpoint(scope: Construct, role: iam.IRole, predictor: Predictor): void {
  refuseReplacedElsewhere(scope, 'predictor', predictor.modelName ?? '');
  const stack = Stack.of(scope);
  const config = localArn(stack, 'sagemaker', 'endpoint-config/sm-clarify-config*');
  const endpoint = localArn(stack, 'sagemaker', 'endpoint/sm-clarify-*');
  allow(role, { actions: ['sagemaker:DescribeModel'], resources: modelArns(stack, predictor) });
  const because = 'Clarify names the endpoint that it starts for a job, and its configuration, with this prefix';
  allow(role, { actions: actionsOn('EndpointConfig'), resources: [config], because });
  allow(role, { actions: [...actionsOn('Endpoint'), 'sagemaker:InvokeEndpoint'], resources: [endpoint], because });
  allow(role, { actions: ['sagemaker:CreateEndpoint'], resources: [config], because }); // authorized on both
}

function actionsOn(resource: string): string[] {
  return ['Create', 'Describe', 'Delete'].map((verb) => `sagemaker:${verb}${resource}`);
}

function modelArns(stack: Stack, { modelName = '', modelArn }: Predictor): string[] {
  const arns = spellingsOf(localArn(stack, 'sagemaker', `model/${modelName}`), modelName);
  return [...new Set(modelArn === undefined ? arns : [modelArn, ...arns])];
}
