import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { KEY } from './cdk-shapes';
import { allowServices } from './key-policy';
import { NUMBER, oneOf, optional, requireProps, type Shapes } from './prop-shapes';
import { stackSingleton } from './stack-singleton';
import { ValidationError } from './validation-error';

/** Props of `StackResources`. */
export interface StackResourcesProps {
  /**
   * Encrypts what handlers and state machines log, the dead-letter queue, and the table of retraining leases. The policy of a key that is made in the
   * app gets what CloudWatch Logs and EventBridge need; that of any other has to have it, and synthesis warns with the statements.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long log events are kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * What becomes of the log groups when the stack goes.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly logRemovalPolicy?: RemovalPolicy;
}

const PROPS: Shapes<StackResourcesProps> = {
  encryptionKey: optional(KEY),
  logRetention: optional(NUMBER),
  logRemovalPolicy: optional(oneOf(RemovalPolicy)),
};

/**
 * Says what the resources are like that all monitors of a stack share, on both engines: their logs, their dead-letter queue, the table of retraining leases.
 *
 * Make one in a stack, before its first monitor. Buckets have keys of their own: `reportsBucket` of a monitor, `DataCapture`.
 *
 * @example
 * import * as kms from 'aws-cdk-lib/aws-kms';
 * import * as logs from 'aws-cdk-lib/aws-logs';
 *
 * declare const endpoint: Endpoint;
 *
 * new StackResources(this, 'Shared', {
 *   encryptionKey: new kms.Key(this, 'Key', { enableKeyRotation: true }),
 *   logRetention: logs.RetentionDays.ONE_YEAR,
 * });
 * new ModelMonitoring(this, 'Churn', { data: MonitoredData.endpoint(endpoint) });
 */
export class StackResources extends Construct {
  constructor(scope: Construct, id: string, props: StackResourcesProps = {}) {
    super(scope, id);
    requireProps(props, PROPS, this);
    let isFirst = false;
    stackSingleton(this, SETTINGS, (stack, settingsId) => {
      isFirst = true;
      return new Settings(stack, settingsId, props);
    });
    if (!isFirst) throw tooLate(this);
    if (props.encryptionKey) allowServices(this, props.encryptionKey);
  }
}

/** What is said of a stack's shared resources; what nobody said before is as by default, and stays so. */
const SETTINGS = 'SharedSettings';

class Settings extends Construct {
  constructor(
    stack: Stack,
    id: string,
    public readonly props: StackResourcesProps,
  ) {
    super(stack, id);
  }
}

function settingsOf(scope: Construct): StackResourcesProps {
  return stackSingleton(scope, SETTINGS, (stack, id) => new Settings(stack, id, {})).props;
}

/**
 * The key of what a stack shares, if it has one.
 *
 * @internal
 */
export function sharedKey(scope: Construct): kms.IKey | undefined {
  return settingsOf(scope).encryptionKey;
}

/**
 * A log group of this library.
 *
 * @internal
 */
export function sharedLogGroup(scope: Construct, id: string): logs.LogGroup {
  const { encryptionKey, logRetention, logRemovalPolicy } = settingsOf(scope);
  return new logs.LogGroup(scope, id, {
    encryptionKey,
    retention: logRetention ?? logs.RetentionDays.THREE_MONTHS,
    removalPolicy: logRemovalPolicy ?? RemovalPolicy.DESTROY,
  });
}

function tooLate(scope: Construct): ValidationError {
  const problem = {
    prop: 'scope',
    got: 'a stack whose shared resources are made already, or said to be otherwise',
    allowed: 'one StackResources in a stack, before its first monitor, alarm or trigger',
  };
  return new ValidationError('StackResourcesTooLate', [problem], scope);
}
