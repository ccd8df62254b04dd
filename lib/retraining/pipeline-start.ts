import { Token, TokenComparison } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import type { Problem } from '../core/validation-error';
import { spellingsOf } from '../endpoint/arn-spellings';

/**
 * The ARN of a pipeline, with its name in the case in which it was given.
 *
 * @internal
 */
export function pipelineArnOf(pipeline: sagemaker.IPipelineRef): string {
  return sagemaker.CfnPipeline.arnForPipeline(pipeline);
}

/**
 * The ARNs that a policy has to name to permit one pipeline.
 *
 * @internal
 */
export function pipelineArnsForPolicy(pipeline: sagemaker.IPipelineRef): string[] {
  return spellingsOf(pipelineArnOf(pipeline), pipeline.pipelineRef.pipelineName);
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html */
const MAX_PARAMETERS = 200;

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Parameter.html */
const PARAMETER_NAME = /^[A-Za-z0-9_-]{1,256}$/;
const MAX_VALUE = 1024;

/**
 * Says what is wrong with the parameters of a pipeline. Of a value that only the deployment knows, the length is not judged.
 *
 * @internal
 */
export function validateParameters(parameters: { [name: string]: string } = {}): Problem[] {
  const entries = Object.entries(parameters);
  const tooMany =
    entries.length > MAX_PARAMETERS
      ? [{ prop: 'parameters', got: entries.length, allowed: `at most ${MAX_PARAMETERS} parameters` }]
      : [];
  return [...tooMany, ...entries.flatMap(([name, value]) => parameterProblems(name, value))];
}

function parameterProblems(name: string, value: string): Problem[] {
  if (!PARAMETER_NAME.test(name))
    return [{ prop: 'parameters', got: name, allowed: 'names of 1 to 256 letters, digits, - and _' }];
  if (Token.isUnresolved(value) || value.length <= MAX_VALUE) return [];
  const got = `${value.length} characters`;
  return [{ prop: `parameters.${name}`, got, allowed: `at most ${MAX_VALUE} characters` }];
}

/**
 * Says whether a pipeline lives in another account or region than what starts it, as far as synthesis can tell.
 *
 * @internal
 */
export function validateEnvironment(pipeline: sagemaker.IPipelineRef, starter: IEnvironmentAware): Problem[] {
  return (['account', 'region'] as const)
    .filter((part) => Token.compareStrings(pipeline.env[part], starter.env[part]) === TokenComparison.DIFFERENT)
    .map((part) => ({
      prop: 'pipeline',
      got: `${part} ${pipeline.env[part]}`,
      allowed: `a pipeline of ${part} ${starter.env[part]}`,
      advice: 'create the rule beside the pipeline and send the events there through an event bus',
    }));
}
