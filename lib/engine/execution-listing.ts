import type { Permission } from '../core/allow';

/**
 * To list the executions of monitoring schedules.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 * @internal
 */
export const LISTING: Permission = {
  actions: ['sagemaker:ListMonitoringExecutions'],
  resources: ['*'],
  because: 'sagemaker:ListMonitoringExecutions knows no resource',
};
