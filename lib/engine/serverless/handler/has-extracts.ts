import type { AnalysisRequest, ExtractsPlace, MonitorRequest } from '../contract';

/** A request whose runs leave extracts. */
export type ExtractingRequest = MonitorRequest & { readonly extracts: ExtractsPlace };

/** Whether the parts of a request's window are extracts. */
export function hasExtracts(request: AnalysisRequest): request is ExtractingRequest {
  return request.mode === 'monitor' && request.extracts !== undefined;
}
