import { counted } from '../kind/counted';
import type { ExecutionCompletedDetail, VariantOutcome } from '../outcome/contract';
import type { Acceptance } from '../outcome/exception/contract';
import { comparisonSentence } from './comparison-sentence';
import { BATCH } from './headline';
import { incidentRows } from './incident-rows';
import { type TestedPair, testSentence } from './test-sentence';

/** What a message is about, row by row. */
export function facts(detail: ExecutionCompletedDetail, test?: TestedPair): string {
  const rows = [
    `Monitor:   ${detail.monitorId} (${detail.monitorKind}, engine ${detail.engine})`,
    detail.endpointName ? `Endpoint:  ${detail.endpointName}` : `Input:     ${detail.dataName ?? BATCH}`,
    `Window:    ${detail.windowStart} to ${detail.windowEnd}`,
    `Status:    ${detail.status}`,
    ...(detail.paused ? [pauseRow(detail.paused)] : []),
    ...(detail.startedBy ? [`Started:   by ${detail.startedBy.by}: ${detail.startedBy.reason}`] : []),
    ...incidentRows(detail),
  ];
  if (detail.lateLabels)
    rows.push('Revision:  labels came late; this replaces what was told of the window, and starts no training');
  if (detail.recordCount > 0) rows.push(`Records:   ${detail.recordCount}${sampleFacts(detail)}`);
  if (detail.variants) rows.push(`Variants:  ${detail.variants.map(variantFacts).join(', ')}`);
  if (detail.comparison) rows.push(`Compared:  ${comparisonSentence(detail.comparison)}`);
  if (test) rows.push(`Test:      ${testSentence(test)}`);
  if (detail.labelCoverage !== undefined)
    rows.push(`Labels:    ${share(detail.labelCoverage)} of the predictions have one`);
  return rows.join('\n');
}

/** Until when, by whom and why runs are quiet. */
const pauseRow = ({ until, by, reason }: Acceptance) => `Paused:    until ${until} by ${by}: ${reason}`;

/** That the records are those of a sample, where they are. */
function sampleFacts({ sample }: ExecutionCompletedDetail): string {
  if (!sample) return '';
  return ` of a sample: ${sample.objects} of ${counted(sample.ofObjects, 'object')}, with ${share(sample.share)} of the bytes`;
}

/** "green (120 records, 2 violations)", or why there is nothing to say of it. */
function variantFacts({ variant, status, recordCount, violationCount }: VariantOutcome): string {
  if (status !== 'Analysed') return `${variant} (${status})`;
  const found = violationCount > 0 ? `, ${counted(violationCount, 'violation')}` : '';
  return `${variant} (${counted(recordCount, 'record')}${found})`;
}

/** "75%", never "100%" of what is not whole, nor "0%" of what is something. */
function share(part: number): string {
  const percent = part * 100;
  return `${percent < 0.1 ? Number(percent.toPrecision(2)) : Math.floor(percent * 10) / 10}%`;
}
