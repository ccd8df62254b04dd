import { refusedRequests } from './jest/taken-requests';

afterEach(() => {
  const refused = refusedRequests();
  if (refused.length > 0) throw new Error(`requests that the services would not take:\n${refused.join('\n')}`);
});
