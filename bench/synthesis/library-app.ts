// The same endpoints as in `l1-app.ts`, by this library.
import { MonitoredEndpoint, sharedData } from './monitored-endpoint';
import { synthesize } from './synthesize';

synthesize((stack) => {
  const data = sharedData(stack);
  return (index) => new MonitoredEndpoint(stack, `Endpoint${index}`, data);
});
