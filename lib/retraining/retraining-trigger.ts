import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DURATION, PIPELINE } from '../core/cdk-shapes';
import { deadLetterQueue } from '../core/dead-letter-queue';
import { HandlerFunction } from '../core/handler-function';
import { having, list, map, oneOf, optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { sharedKey } from '../core/stack-resources';
import { stackSingleton } from '../core/stack-singleton';
import { type Problem, throwIfAny } from '../core/validation-error';
import { SIGNAL_CONCERNS } from '../kind/kind-signals';
import { Concern } from '../monitor/concern';
import { readReports, reportedMonitors } from '../monitor/group-reports';
import type { IMonitorGroup } from '../monitor/monitor-group';
import { outcomeRule } from '../monitor/outcome-rule';
import { allowEvents } from '../outcome/publishing-grant';
import { NOTE_SUFFIX, RETRAINING_DETAIL_TYPE } from '../outcome/retraining/contract';
import { GATE_ENV, GATE_SECONDS, GATE_TABLE, type GateRequest, type GateSettings } from './contract';
import { pipelineArnsForPolicy, validateEnvironment, validateParameters } from './pipeline-start';
import { RetrainingSignal } from './retraining-signal';

/** Properties of a retraining trigger. */
export interface RetrainingTriggerProps {
  /**
   * The monitors whose violations start the pipeline. Monitors that join the group later are included; a group that
   * stays empty is an error at synthesis.
   */
  readonly monitors: IMonitorGroup;

  /** The pipeline that trains the model anew, in the account and region of the trigger. */
  readonly pipeline: sagemaker.IPipelineRef;

  /**
   * What violations have to be about to start the pipeline; 1 or more.
   *
   * A run may have violations of several concerns; one of these is enough. A training does not mend the form of data.
   *
   * @default [Concern.DRIFT, Concern.QUALITY]
   */
  readonly concerns?: Concern[];

  /**
   * What violations have to be a sign of as well, where their concern says too little: 1 or more, each of one of `concerns`.
   *
   * @default - whatever `concerns` are about: with those that go without saying, drift of all kinds, concept drift, model decay, and quality beyond its threshold
   */
  readonly signals?: RetrainingSignal[];

  /**
   * Name of a parameter of the pipeline, a text, that is told what the violations are a sign of: their names in the order of the alphabet, as
   * `ConceptDrift,ModelDecay`. A pipeline that does not have it is not started by SageMaker.
   *
   * @default - the pipeline is not told
   */
  readonly signalParameter?: string;

  /**
   * How long after a start further violations start nothing, even when the run has ended.
   *
   * @default Duration.days(1)
   */
  readonly cooldown?: Duration;

  /**
   * Values of the pipeline's parameters by name: at most 200, and few enough that the gate's environment, which they are in, has at most 4,096 bytes of JSON.
   *
   * @default - the defaults of the pipeline
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Says in the console what the rule is for: at most 512 characters.
   *
   * @default - names the purpose and the pipeline
   */
  readonly description?: string;
}

const PROPS: Shapes<RetrainingTriggerProps> = {
  monitors: having('monitorIds', 'a monitor or a group of them (IMonitorGroup)'),
  pipeline: PIPELINE,
  concerns: optional(list(oneOf(Concern))),
  signals: optional(list(oneOf(RetrainingSignal))),
  signalParameter: optional(TEXT),
  cooldown: optional(DURATION),
  parameters: optional(map(TEXT)),
  description: optional(TEXT),
};

/**
 * Starts a SageMaker pipeline when a monitor finds violations: once, however often it finds them.
 *
 * A gate stands between event and pipeline. It lets an event pass when no run of the pipeline is executing and the
 * cool-down is over, takes a lease in DynamoDB against events that arrive twice or at once, and logs why it declined.
 * What it decides about an outcome, it tells as an event, `Model Retraining Decided`, with its reason; digests of the same monitors say it to people.
 * Events that it could not handle lie in the dead-letter queue of the stack for 14 days, and raise the alarm Undelivered of `StackAlarms`.
 *
 * @example
 * import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
 *
 * declare const monitors: IMonitorGroup;
 * new RetrainingTrigger(this, 'Retraining', {
 *   monitors,
 *   pipeline: sagemaker.CfnPipeline.fromPipelineName(this, 'Pipeline', 'churn-training'),
 *   cooldown: Duration.days(7),
 * });
 */
export class RetrainingTrigger extends Construct {
  /** Matches the violations of the monitors. */
  public readonly rule: events.Rule;
  /** Decides whether the pipeline starts. */
  public readonly gate: lambda.IFunction;
  /** Takes the events that the gate could not handle; all of a stack share it. */
  public readonly deadLetterQueue: sqs.IQueue;
  /** Holds the leases; the triggers of a stack share it. */
  public readonly table: dynamodb.ITable;

  constructor(scope: Construct, id: string, props: RetrainingTriggerProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    throwIfAny('InvalidRetrainingTrigger', this.validate(props), this);
    this.table = leaseTable(this);
    this.deadLetterQueue = deadLetterQueue(this);
    this.gate = this.createGate(props);
    this.rule = this.createRule(props);
  }

  private createGate(props: RetrainingTriggerProps): HandlerFunction {
    const settings: GateSettings = {
      triggerId: this.node.path,
      cooldownSeconds: (props.cooldown ?? DEFAULT_COOLDOWN).toSeconds(),
      parameters: props.parameters ?? {},
      signalParameter: props.signalParameter,
    };
    const gate = new HandlerFunction(this, 'Gate', {
      handler: 'gate',
      description: 'Decides whether violations start the retraining pipeline',
      timeout: Duration.seconds(GATE_SECONDS.limit),
      memorySize: 256,
      environment: {
        [GATE_ENV.tableName]: this.table.tableName,
        [GATE_ENV.pipelineName]: props.pipeline.pipelineRef.pipelineName,
        [GATE_ENV.settings]: Stack.of(this).toJsonString(settings),
      },
    });
    gate.addStatement(['dynamodb:UpdateItem'], [this.table.tableArn]);
    this.table.encryptionKey?.grantEncryptDecrypt(gate);
    gate.addStatement(
      ['sagemaker:ListPipelineExecutions', 'sagemaker:StartPipelineExecution'],
      pipelineArnsForPolicy(props.pipeline),
    );
    allowEvents(gate, props.monitors.eventBus, RETRAINING_DETAIL_TYPE);
    // EventBridge only hands over: when the gate itself fails, it is Lambda that tries again and gives up
    gate.configureAsyncInvoke({
      retryAttempts: GATE_SECONDS.retries.length,
      onFailure: new destinations.SqsDestination(this.deadLetterQueue),
    });
    return gate;
  }

  private createRule(props: RetrainingTriggerProps): events.Rule {
    const { pipelineName } = props.pipeline.pipelineRef;
    const description = props.description ?? `Starts the pipeline ${pipelineName} when a monitor finds violations`;
    const concerns = [...new Set(props.concerns ?? DEFAULT_CONCERNS)].sort();
    const signals = props.signals && [...new Set(props.signals)].sort();
    const event = this.requestOf(props.monitors, { concerns, signals });
    const gate = new targets.LambdaFunction(this.gate, { event, maxEventAge: Duration.hours(2), retryAttempts: 10 });
    const deadLetterConfig = { arn: this.deadLetterQueue.queueArn }; // which is open to all rules already
    const target: events.IRuleTarget = { bind: (rule, id) => ({ ...gate.bind(rule, id), deadLetterConfig }) };
    return outcomeRule(this, 'Rule', {
      monitors: props.monitors,
      statuses: ['CompletedWithViolations'],
      concerns,
      options: { description, target },
    });
  }

  /** What the gate is told: of the event what it reads, and where the reports are. */
  private requestOf(monitors: IMonitorGroup, meant: Pick<GateRequest, 'concerns' | 'signals'>): events.RuleTargetInput {
    readReports(this, this, { monitors, grantee: this.gate, deed: 'start a training', notes: NOTE_SUFFIX });
    const { eventId: id, account, region, fromPath } = events.EventField;
    const reports = reportedMonitors(this, monitors);
    const request: { readonly [member in keyof GateRequest]: unknown } = {
      id,
      account,
      region,
      detail: fromPath('$.detail'),
      reports,
      concerns: meant.concerns,
      signals: meant.signals,
      eventBus: monitors.eventBus?.eventBusArn,
    };
    return events.RuleTargetInput.fromObject(request);
  }

  private validate(props: RetrainingTriggerProps): Problem[] {
    return [
      ...validateEnvironment(props.pipeline, {
        env: { account: Stack.of(this).account, region: Stack.of(this).region },
      }),
      ...validateParameters(props.parameters),
      ...validateCooldown(props.cooldown),
      ...validateConcerns(props.concerns),
      ...signalProblems(props),
      ...validateDescription(props.description),
    ];
  }
}

const DEFAULT_COOLDOWN = Duration.days(1);
const DEFAULT_CONCERNS = [Concern.DRIFT, Concern.QUALITY];

/** One table per stack: its rows are leases that mean nothing once the stack is gone. */
function leaseTable(scope: Construct): dynamodb.Table {
  return stackSingleton(scope, 'RetrainingLeases', (stack, id) => {
    return new dynamodb.Table(stack, id, {
      partitionKey: { name: GATE_TABLE.partitionKey, type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryptionKey: sharedKey(stack),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
  });
}

function validateCooldown(cooldown?: Duration): Problem[] {
  if (cooldown === undefined || cooldown.isUnresolved()) return [];
  if (Number.isInteger(cooldown.toSeconds({ integral: false }))) return [];
  return [{ prop: 'cooldown', got: cooldown.toString(), allowed: 'whole seconds' }];
}

function validateConcerns(concerns?: Concern[]): Problem[] {
  if (concerns?.length !== 0) return [];
  return [{ prop: 'concerns', got: [], allowed: '1 concern or more', advice: 'leave it out for drift and quality' }];
}

function signalProblems({ signals, signalParameter, parameters = {}, concerns }: RetrainingTriggerProps): Problem[] {
  const about = concerns ?? DEFAULT_CONCERNS;
  const others = signals?.filter((signal) => !about.includes(SIGNAL_CONCERNS[signal] as Concern)) ?? [];
  const advice =
    'a signal of none of its concerns would never start it: name the concern as well, or leave the signal out';
  return [
    ...(signals?.length === 0 ? [{ prop: 'signals', got: [], allowed: '1 signal or more' }] : []),
    ...others.map((signal) => ({ prop: 'signals', got: signal, allowed: `signs of ${about.join(', ')}`, advice })),
    ...(signalParameter === undefined ? [] : validateParameters({ [signalParameter]: '' })).map((problem) => ({
      ...problem,
      prop: 'signalParameter',
    })),
    ...(signalParameter !== undefined && Object.hasOwn(parameters, signalParameter)
      ? [{ prop: 'signalParameter', got: signalParameter, allowed: "a parameter that 'parameters' gives no value" }]
      : []),
  ];
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const MAX_DESCRIPTION = 512;

function validateDescription(description = ''): Problem[] {
  if (Token.isUnresolved(description) || description.length <= MAX_DESCRIPTION) return [];
  const got = `${description.length} characters`;
  return [{ prop: 'description', got, allowed: `at most ${MAX_DESCRIPTION} characters` }];
}
