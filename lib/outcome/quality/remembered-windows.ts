// From one report to the next: pure, so that whoever has the reports comes to the same windows.
import type { QualityWindow, RememberedQuality } from './contract';

/** A window, and what a report of another one remembers. */
export interface RememberingWindow extends Pick<QualityWindow, 'start' | 'end'> {
  /** empty where nothing is known of it */
  readonly quality: readonly RememberedQuality[];
  /** of the report before it, of the one that it replaces, or of a later one; none where there is no report */
  readonly before: readonly QualityWindow[];
  /** windows that are remembered, this one included */
  readonly most: number;
}

/**
 * The windows that a report remembers: those before it, and its own. What is known of a window that is analysed anew takes the place of what was known. Of windows after
 * it, where it comes late, it says nothing.
 */
export function rememberedWindows({ start, end, quality, before, most }: RememberingWindow): readonly QualityWindow[] {
  const earlier = before.filter((window) => window.end < end && window.start < start);
  const own = quality.some(({ realized, estimated }) => realized ?? estimated) ? [{ start, end, quality }] : [];
  return [...earlier, ...own].slice(-most);
}

/**
 * Of windows that lie over each other, as those of `AnalysisWindow.between` may, the last one and those before it that share no record: what they share would be counted
 * twice.
 */
export function apart(windows: readonly QualityWindow[]): readonly QualityWindow[] {
  const kept: QualityWindow[] = [];
  for (const window of [...windows].reverse()) {
    if (kept.length === 0 || window.end <= kept[kept.length - 1].start) kept.push(window);
  }
  return kept.reverse();
}
