import type { Members } from '../members';
import type { ModelledService } from '../service-model/figures';
import { asModelled, inputMembers, violationMessage, violations } from '../service-model/service-model';
import { ServiceError } from '../stand-in/service';

/**
 * The request that CloudFormation makes of a resource's properties, held to the figures of the service: texts become numbers and
 * booleans where the service wants these. Throws the service's ValidationException.
 *
 * @param what a service and its operation, such as `sagemaker CreateModel`
 */
export function createRequest(what: `${ModelledService} ${string}`, properties: Members): Members {
  const [service, operation] = what.split(' ') as [ModelledService, string];
  const known = inputMembers(service, operation);
  // the types have members that only tell of the resource, such as EndpointName; CloudFormation itself refuses unknown ones
  const sent = Object.fromEntries(Object.entries(properties).filter(([name]) => known.includes(name)));
  const request = asModelled(service, operation, sent);
  const found = violations(service, operation, request);
  if (found.length > 0) {
    throw new ServiceError('ValidationException', `${operation}: ${violationMessage(found)}`);
  }
  return request as Members;
}
