import { DEFAULT_FALSE_ALARM_RATE, type QualityFigures, qualityDecay, REMEMBERED_WINDOWS } from '../../../analysis';
import type { UnjudgedViolation } from '../../../outcome/confirmation';
import type { Conclusion } from '../../../outcome/execution-report';
import type { KnownAround } from '../../../outcome/handler/run-conclusion';
import type { QualityWindow, RememberedQuality } from '../../../outcome/quality/contract';
import { apart, rememberedWindows } from '../../../outcome/quality/remembered-windows';
import { WATCHED_WINDOWS } from '../../../outcome/quality/watched-windows';
import { reportedViolation } from '../../../outcome/reported-violation';
import type { MonitorRequest } from '../contract';
import { windowOf } from '../request-window';

/** A conclusion, and what is known of how good the model was. */
export interface AnalysedWindow {
  readonly conclusion: Conclusion;
  readonly quality?: readonly RememberedQuality[];
}

/**
 * What a window comes to beside those before it: what its report remembers of them, and which metrics have fallen over the last of them. A run that failed, or had no data,
 * hands on what the last one remembered.
 */
export async function withDecay(
  request: MonitorRequest,
  { conclusion, quality = [] }: AnalysedWindow,
  around: KnownAround,
): Promise<Conclusion> {
  if (!request.problem) return conclusion;
  const { before, after } = await around();
  const { start, end } = windowOf(request);
  const qualityWindows = rememberedWindows({
    ...{ start: start.toISOString(), end: end.toISOString(), quality, most: REMEMBERED_WINDOWS },
    before: (after ?? before)?.qualityWindows ?? [],
  });
  if (qualityWindows.length === 0) return conclusion;
  const isJudged = conclusion.status === 'Analysed' && quality.length > 0;
  const found = isJudged ? decayOf(request, qualityWindows) : [];
  const violations = found.length > 0 ? [...(conclusion.violations ?? []), ...found] : conclusion.violations;
  return { ...conclusion, violations, qualityWindows };
}

/** Of the variants of the last window, each by its share of the rate. */
function decayOf(request: MonitorRequest, windows: readonly QualityWindow[]): UnjudgedViolation[] {
  const { drift, decay, monitor } = request;
  const { lastWindows = WATCHED_WINDOWS } = decay ?? {};
  if (lastWindows === 0) return [];
  const last = windows[windows.length - 1].quality;
  const falseAlarmRate = (drift.falseAlarmRate ?? DEFAULT_FALSE_ALARM_RATE) / last.length;
  return last.flatMap((own) => {
    const values = apart(windows)
      .map((window) => qualityOf(window, own))
      .filter((figures) => figures !== undefined);
    const found = qualityDecay({ windows: values, lastWindows, falseAlarmRate });
    return found.map((finding) => ofVariant(reportedViolation(monitor.kind, finding), own.variant, last.length));
  });
}

/** What another window knows in the way in which the last one is known: labels and estimates are never mixed. */
function qualityOf({ quality }: QualityWindow, last: RememberedQuality): QualityFigures | undefined {
  const same = quality.find(({ variant }) => variant === last.variant);
  return last.realized ? same?.realized : same?.estimated;
}

/** As one of so many. */
function ofVariant(violation: UnjudgedViolation, variant: string | undefined, variants: number): UnjudgedViolation {
  const { pValue = 0 } = violation;
  return { ...violation, ...(variant !== undefined && { variant }), pValue: Math.min(1, pValue * variants) };
}
