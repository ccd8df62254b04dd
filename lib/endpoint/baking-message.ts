import type { RolloutEndedDetail } from './contract';

/** Subject and body of the message about an update that nobody has seen bake. */
export function bakingMessage(detail: RolloutEndedDetail): { readonly subject: string; readonly body: string } {
  const { endpointName, endpointConfigName, requests, leastRequests } = detail;
  const seen =
    requests === undefined
      ? 'CloudWatch could not say how many requests its new fleet got'
      : `its new fleet got ${requests} ${requests === 1 ? 'request' : 'requests'} while it baked, and ${leastRequests} are asked for`;
  const lines = [
    `The update of the endpoint ${endpointName} stays, and was not seen: ${seen}. No alarm of the rollout says anything about so little.`,
    '',
    `Configuration: ${endpointConfigName}`,
    '',
    'Look at the first requests that it answers. To see more of an update, bake longer, give the new fleet a larger part of the traffic, or deploy when there is some.',
  ];
  return { subject: `Baked unseen: ${endpointName}`, body: `${lines.join('\n')}\n` };
}
