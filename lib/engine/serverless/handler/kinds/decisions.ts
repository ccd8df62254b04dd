import type { ExpectedColumns } from '../../../../analysis';
import { MonitorKind } from '../../../../kind/monitor-kind';
import type { MonitorRequest } from '../../contract';
import { groupedDecisions, isGrouped } from './grouped-input';
import type { KindDecisions } from './kind-analysis';
import { kindOf } from './kind-of';
import { isLabelled, labelledDecisions } from './labelled-input';
import { isPlain, profileDecisions } from './profile-input';
import { isExplained, sampledDecisions } from './sampled-input';

/** Of the kinds that this engine runs: each is a section of what one pass over captured records leaves. */
export const DECISIONS: readonly KindDecisions[] = [
  { kind: MonitorKind.DATA_QUALITY, readsDataset: isPlain, decisions: profileDecisions },
  { kind: MonitorKind.MODEL_QUALITY, readsDataset: isLabelled, decisions: labelledDecisions },
  { kind: MonitorKind.MODEL_BIAS, readsDataset: isGrouped, decisions: groupedDecisions },
  { kind: MonitorKind.MODEL_EXPLAINABILITY, readsDataset: isExplained, decisions: sampledDecisions },
];

/** All that decides what the parts of a request hold, but for the interval. */
export function decisionsOf(request: MonitorRequest, columns?: ExpectedColumns): readonly unknown[] {
  return kindOf(DECISIONS, request).decisions(request, columns);
}
