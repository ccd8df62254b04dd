import {
  DEFAULT_FALSE_ALARM_RATE,
  isDecayWatched,
  type QualityFigures,
  qualityDecay,
  REMEMBERED_WINDOWS,
} from '../../../analysis';
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
  const { found, isWatched } = isJudged ? decayOf(request, qualityWindows) : UNWATCHED;
  const violations = found.length > 0 ? [...(conclusion.violations ?? []), ...found] : conclusion.violations;
  const { lookedFor } = conclusion;
  return {
    ...{ ...conclusion, violations, qualityWindows },
    ...(lookedFor && isWatched && quality.some(isKnown) && { lookedFor: [...lookedFor, 'ModelDecay'] }),
  };
}

/** What has become worse. */
interface FoundDecay {
  readonly found: readonly UnjudgedViolation[];
  /** whether of any variant windows enough are remembered */
  readonly isWatched: boolean;
}

const UNWATCHED: FoundDecay = { found: [], isWatched: false };

/** Of the variants of the last window, each by its share of the rate. */
function decayOf(request: MonitorRequest, windows: readonly QualityWindow[]): FoundDecay {
  const { drift, decay, monitor } = request;
  const { lastWindows = WATCHED_WINDOWS } = decay ?? {};
  if (lastWindows === 0) return UNWATCHED;
  const last = windows[windows.length - 1].quality;
  const falseAlarmRate = (drift.falseAlarmRate ?? DEFAULT_FALSE_ALARM_RATE) / last.length;
  const watched = last.map((own) => {
    const values = apart(windows)
      .map((window) => qualityOf(window, own))
      .filter((figures) => figures !== undefined);
    return { own, quality: { windows: values, lastWindows, falseAlarmRate } };
  });
  const found = watched.flatMap(({ own: { variant }, quality }) =>
    qualityDecay(quality).map((finding) => ofVariant(reportedViolation(monitor.kind, finding), variant, last.length)),
  );
  return { found, isWatched: watched.some(({ own, quality }) => isKnown(own) && isDecayWatched(quality)) };
}

/** Whether anything is known of a window: of one with nothing, that before it would be looked at in its place. */
const isKnown = ({ realized, estimated }: RememberedQuality): boolean => (realized ?? estimated) !== undefined;

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
