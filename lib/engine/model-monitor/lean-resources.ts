import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { lean } from '../../core/lean-resource';

/** The job definition of a data-quality monitor. */
@lean
export class DataQualityJobDefinition extends sagemaker.CfnDataQualityJobDefinition {}

/** The job definition of a model-quality monitor. */
@lean
export class ModelQualityJobDefinition extends sagemaker.CfnModelQualityJobDefinition {}

/** The job definition of a bias monitor. */
@lean
export class ModelBiasJobDefinition extends sagemaker.CfnModelBiasJobDefinition {}

/** The job definition of a monitor of feature attributions. */
@lean
export class ModelExplainabilityJobDefinition extends sagemaker.CfnModelExplainabilityJobDefinition {}

/** The schedule of a monitor. */
@lean
export class MonitoringSchedule extends sagemaker.CfnMonitoringSchedule {}
