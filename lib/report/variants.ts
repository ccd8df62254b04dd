import type { ExecutionReport } from '../outcome/contract';
import { counted, formatCount, formatPercent } from './figures';
import { html, type Markup, named, shorten } from './html';
import type { ReportedRun } from './reported-run';

/** What is judged by itself: the run as a whole, or one variant of it. */
export interface Judged {
  /** absent where the run is judged as a whole */
  readonly variant?: string;
  readonly input: ReportedRun;
}

/** The variants of a run that judges each apart, or the run as a whole. */
export function judgedParts(input: ReportedRun): Judged[] {
  const variants = input.report.outcome.variants ?? [];
  return variants.length === 0
    ? [{ input }]
    : variants.map(({ variant }) => ({ variant, input: ofVariant(input, variant) }));
}

/** A run as one variant of it alone would have been told. */
function ofVariant(input: ReportedRun, variant: string): ReportedRun {
  return {
    ...input,
    run: input.variants?.[variant] ?? {},
    violations: undefined, // those of all variants
    report: reportOf(input.report, variant),
    earlier: input.earlier.map((report) => reportOf(report, variant)),
  };
}

function reportOf(report: ExecutionReport, variant: string): ExecutionReport {
  const isOwn = (found: { readonly variant?: string }) => found.variant === variant;
  const { outcome, distances, violated, notEvaluated, qualityWindows } = report;
  const { violationCount = 0 } = outcome.variants?.find(isOwn) ?? {};
  return {
    ...report,
    outcome: { ...outcome, violationCount, violations: outcome.violations.filter(isOwn) },
    distances: distances.filter(isOwn),
    violated: violated.filter(isOwn),
    notEvaluated: notEvaluated.filter(({ reason }) => reason.startsWith(`variant ${variant}`)),
    qualityWindows: qualityWindows?.map((window) => ({ ...window, quality: window.quality.filter(isOwn) })),
  };
}

/** The variants side by side; undefined where none is judged apart. */
export function variantsTable({ report: { outcome } }: ReportedRun): Markup | undefined {
  const { variants = [] } = outcome;
  if (variants.length === 0) return undefined;
  const rows = variants.map(
    ({ variant, status, recordCount, labelCoverage, violationCount, watchedCount, failureReason }) => {
      const found =
        violationCount > 0 ? html`<em class="violated">${counted(violationCount, 'violation')}</em>` : 'none';
      const watched =
        watchedCount > 0 ? html` <em class="watched">${formatCount(watchedCount)} to watch</em>` : undefined;
      const end =
        status === 'Analysed'
          ? html`${found}${watched}`
          : html`<em class="watched">${status}</em> ${failureReason && shorten(failureReason, 200)}`;
      return html`<tr><th scope="row">${named(variant)}<td>${formatCount(recordCount)}<td>${labelCoverage === undefined ? '–' : formatPercent(labelCoverage)}<td>${end}`;
    },
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="variants"><table class="figures"><caption>Each variant is judged by its own records</caption>
    <tr><th scope="col">variant<th scope="col">records<th scope="col">with a label<th scope="col">found${rows}</table></div>`;
}
