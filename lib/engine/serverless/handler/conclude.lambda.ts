import type { ConcludedRun } from '../../../outcome/handler/run-conclusion';
import type { Answer } from '../../../runtime/custom-resource';
import { malformedRequest } from '../../../runtime/failure';
import { homeOf, type Invocation } from '../../../runtime/home';
import type { ConcludeEvent } from '../contract';
import { concludeBaseline } from './baseline-conclusion';
import { concludeMonitor } from './monitor-conclusion';

/**
 * Ends an execution: merges the partial profiles, writes the files, and tells the outcome to whom it concerns.
 *
 * A monitor's run ends in report files, metrics and an event; a baseline's in an answer to CloudFormation. The state has `plan` when all
 * went well and `error` when anything failed.
 */
export const handler = async (event: ConcludeEvent, invocation: Invocation): Promise<ConcludedRun | Answer> => {
  const { request } = event;
  switch (request.mode) {
    case 'monitor':
      return concludeMonitor(event, request, homeOf(invocation));
    case 'baseline':
      return concludeBaseline(event, request);
    default:
      throw malformedRequest("the request's 'mode' is neither 'monitor' nor 'baseline'");
  }
};
