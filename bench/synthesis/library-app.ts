// The same endpoints as in `l1-app.ts`, by this library.
import { MonitoredEndpoint } from './monitored-endpoint';
import { synthesize } from './synthesize';

synthesize(({ stack, index }) => {
  new MonitoredEndpoint(stack, `Endpoint${index}`);
});
