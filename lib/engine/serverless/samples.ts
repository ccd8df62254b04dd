// Where the rows lie that a model is asked about: captured data, so never among the reports. Pure, and the same for whoever plans, reads or asks.
import { type ObjectLocation, objectIn } from '../../core/contract';
import type { AnalysisRequest } from './contract';
import { type WorkLocation, workFolder } from './plan-items';

/** Where the partial results of an execution go: with the rest of what it makes on the way, or, of rows, where samples lie. */
export function partsWork({ explanation, output }: AnalysisRequest, execution: string): WorkLocation {
  if (!explanation) return { output, execution };
  const { encryptionKey, ...samples } = explanation.samples;
  return { output: samples, execution };
}

/** What came of asking a model about the rows of an execution: it holds none of them. */
export function explainedLocation(work: WorkLocation): ObjectLocation {
  return objectIn(workFolder(work), 'explained.json');
}
