import type { ModelFunction } from '../../lib/cloud/account/sagemaker/models';
import type { Predict } from './data';
import { parseRecords } from './table';

const HOUR = 3_600_000;

/** The model behind an endpoint: it answers each row of CSV with one line, as its container would. Who answers follows from the hours since the deployment. */
export function servedModel(modelAt: (hours: number) => Predict, deployedAt: Date): ModelFunction {
  return ({ body, time }) => {
    const predict = modelAt((time.getTime() - deployedAt.getTime()) / HOUR);
    return {
      body: parseRecords(body)
        .map((row) => predict(row).toFixed(6))
        .join('\n'),
    };
  };
}
