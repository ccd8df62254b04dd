import { Stack } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { localArn } from '../core/local-arn';
import { grantObjectsFromAnywhere, grantReadBelow } from '../core/s3-grants';
import { EVENT_SOURCE } from '../outcome/contract';
import {
  AUDIT_FOLDER,
  BACK_FILL_DETAIL_TYPE,
  EXCEPTION_DETAIL_TYPE,
  EXCEPTIONS_FILE,
} from '../outcome/exception/contract';
import { warnOfAuditTrail } from '../outcome/reports-bucket';
import type { ReportsPlace } from '../outcome/reports-place';

/** Of which monitor somebody may say something. */
interface Triaged extends Construct {
  readonly reports: ReportsPlace;
  readonly eventBus?: IEventBus;
}

/**
 * Allows what the commands `accept`, `snooze`, `pause` and `exceptions` do for one monitor: read its reports, write its exceptions and the records of what was done, and put events of that alone.
 *
 * @internal
 */
export function grantTriageOf(grantee: iam.IGrantable, monitor: Triaged): iam.Grant {
  const { eventBus, reports } = monitor;
  const { bucket, prefix } = reports;
  warnOfAuditTrail(bucket);
  const write = (actions: string[], name: string) =>
    grantObjectsFromAnywhere(grantee, bucket, { actions, keyPattern: `${prefix}/${name}` });
  const grants = [
    write(['s3:PutObject'], EXCEPTIONS_FILE),
    write(['s3:PutObject', 's3:PutObjectTagging'], `${AUDIT_FOLDER}/*`),
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['events:PutEvents'],
      resourceArns: [eventBus?.eventBusArn ?? localArn(Stack.of(monitor), 'events', 'event-bus/default')],
      conditions: {
        StringEquals: {
          'events:source': EVENT_SOURCE,
          'events:detail-type': [EXCEPTION_DETAIL_TYPE, BACK_FILL_DETAIL_TYPE],
        },
      },
    }),
    bucket.encryptionKey?.grantEncrypt(grantee),
  ];
  return grants.reduce<iam.Grant>(
    (all, one) => (one ? all.combine(one) : all),
    grantReadBelow(grantee, bucket, prefix),
  );
}
