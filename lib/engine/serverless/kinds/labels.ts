import type { Construct } from 'constructs';
import { bucketLocation } from '../../../core/bucket-location';
import type { LabelsSpec, MonitorSpec } from '../../../monitor/monitoring-engine';
import type { AnalysisMachine } from '../analysis-machine';
import type { LabelsRequest } from '../contract';

/** Where the labels of a monitor lie, and which hours each of its runs analyses. */
export function labelsRequest(
  scope: Construct,
  { groundTruth, window }: LabelsSpec,
  { frequency }: MonitorSpec,
): LabelsRequest {
  const { startHours, endHours } = window.bind(frequency);
  const place = { ...bucketLocation(scope, groundTruth.bucket), prefix: groundTruth.prefix };
  return { place, startHours, endHours };
}

/** Lets the machine list labels, and read them. */
export function grantLabels({ groundTruth }: LabelsSpec, { plan, profile }: AnalysisMachine): void {
  groundTruth.grantList(plan);
  groundTruth.grantGet(profile);
}
