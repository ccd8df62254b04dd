import type { QualityWindow } from '../outcome/quality/contract';
import { HISTORY_WINDOWS } from './feature-facts';
import { html, type Markup } from './html';
import { type QualityPoint, qualityWindowsPicture } from './pictures/quality-windows';
import type { ReportedRun } from './reported-run';

/** The metrics of the last windows, by labels and as they were estimated; undefined where fewer than two windows are known. */
export function qualityWindowsSection({ report }: Pick<ReportedRun, 'report'>): Markup | undefined {
  const windows = (report.qualityWindows ?? []).slice(-HISTORY_WINDOWS);
  if (windows.length < 2) return undefined;
  const known = windows.flatMap(({ quality: [own] }) => Object.keys({ ...own?.realized, ...own?.estimated }));
  const metrics = [...new Set(known)];
  if (metrics.length === 0) return undefined;
  const pictures = metrics.map(
    (metric) =>
      html`<figure><figcaption>${metric.replace(/_/g, ' ')}</figcaption>${qualityWindowsPicture(metric.replace(/_/g, ' '), windows.map(pointOf(metric)))}</figure>`,
  );
  return html`<p class="legend"><span><span class="key c"></span> by labels</span> <span><span class="key"></span> estimated by the model's own probabilities</span></p>
    <p class="none">Bands are two standard errors. An estimate takes it that labels follow from features as in the baseline: only labels show that they do not.</p><div class="two">${pictures}</div>`;
}

const pointOf =
  (metric: string) =>
  ({ quality: [own] }: QualityWindow): QualityPoint => ({
    realized: own?.realized?.[metric],
    estimated: own?.estimated?.[metric],
  });
