import { type ExecutionReport, isAnalysed, type ReportedUnreadable } from '../outcome/contract';
import { counted, formatCount, formatPercent } from './figures';
import { checkName } from './finding';
import { type Content, html, type Markup, named, shorten } from './html';

/** Checks that are listed by name. */
const MOST_CHECKS = 12;
const TEXT_CHARACTERS = 300;

/** What was checked beside what was not, with the same weight. */
export function checkedPanel(report: ExecutionReport, featureCount: number): Markup {
  const left = notChecked(report);
  const nothing = isAnalysed(report.outcome.status)
    ? html`<li>Nothing: all that the baseline asks for was checked.`
    : html`<li>Everything that the baseline asks for: there was nothing to check.`;
  return html`<div class="two even"><section class="card"><h2>Checked</h2><ul>${items(checked(report, featureCount))}</ul></section>
    <section class="card${left.length > 0 ? ' open' : ''}"><h2>Not checked</h2><ul>${left.length > 0 ? items(left) : nothing}</ul></section></div>`;
}

function items(contents: readonly Content[]): Markup {
  return html`${contents.map((content) => html`<li>${content}`)}`;
}

function checked(report: ExecutionReport, featureCount: number): Content[] {
  const { outcome, distances, variants, labels } = report;
  const { recordCount, labelCoverage } = outcome;
  const isAny = recordCount > 0 || distances.length > 0;
  return [
    isAny ? html`<b>${formatCount(recordCount)}</b> records${objectsText(report)}` : 'Nothing.',
    ...(featureCount > 0 && isAny ? [comparedText(report, featureCount)] : []),
    ...(labelCoverage === undefined
      ? []
      : [html`<b>${formatPercent(labelCoverage)}</b> of the predictions have a label`]),
    ...(labels && labels.matched > 0 ? [html`<b>${formatCount(labels.matched)}</b> predictions met their labels`] : []),
    ...(variants && variants.read.length > 0
      ? [html`variants ${variants.read.map((name) => html`${named(name)} `)}`]
      : []),
  ];
}

/** Which objects records are of, where that is known. */
function objectsText({ objectCount, sample }: ExecutionReport): string {
  if (!sample) return objectCount === undefined ? '' : ` of ${counted(objectCount, 'object')}`;
  const { objects, ofObjects, share } = sample;
  return ` of a sample: ${formatCount(objects)} of ${counted(ofObjects, 'object')}, with ${formatPercent(share)} of the bytes`;
}

/** Model Monitor compares without saying how far apart what it compared is. */
function comparedText({ distances, outcome: { engine } }: ExecutionReport, featureCount: number): Content {
  const features = counted(featureCount, 'feature');
  return distances.length === 0 && engine === 'model-monitor'
    ? html`${features}; of those without a violation Model Monitor does not say how far they are from the baseline`
    : html`<b>${formatCount(distances.length)}</b> of ${features} compared with the baseline's distribution`;
}

function notChecked(report: ExecutionReport): Content[] {
  const { outcome, unreadable, variants, notEvaluated = [] } = report;
  const asked = notEvaluated.filter(({ isUnasked }) => !isUnasked);
  const rest = Math.max(asked.length, outcome.leftOutCount ?? 0) - MOST_CHECKS;
  const unasked = notEvaluated.length - asked.length;
  return [
    ...(outcome.failureReason === undefined ? [] : [html`<b>${shorten(outcome.failureReason, TEXT_CHARACTERS)}</b>`]),
    ...(outcome.healthReasons ?? [])
      .filter((reason) => reason !== outcome.failureReason)
      .map((reason) => shorten(reason, TEXT_CHARACTERS)),
    ...asked
      .slice(0, MOST_CHECKS)
      .map(
        ({ feature, check, reason }) =>
          html`${feature === '' ? 'all features' : named(feature)}, ${checkName(check)}: ${shorten(reason, TEXT_CHARACTERS)}`,
      ),
    ...(rest > 0 ? [`and ${formatCount(rest)} more checks, in report.json`] : []),
    ...unlabelled(report),
    ...unread(unreadable),
    ...(variants && variants.leftOut.length > 0
      ? [html`variants ${variants.leftOut.map((name) => html`${named(name)} `)}`]
      : []),
    ...(unasked > 0 ? [`${counted(unasked, 'check')} that the baseline does not ask for`] : []),
  ];
}

/** Records that are in no figure: the reasons of health have how many could not be used, where that is more than is tolerated. */
function unread(unreadable: ReportedUnreadable | undefined): Content[] {
  if (!unreadable) return [];
  const { unreadableCount, outsideWindow, filtered = 0, ownCalls = 0, samples } = unreadable;
  const [first] = samples;
  const where =
    first && ` The first is line ${first.line} of ${shorten(first.file, 200)} (${shorten(first.reason, 60)}).`;
  return [
    ...(unreadableCount > 0
      ? [html`<b>${formatCount(unreadableCount)}</b> unusable records are in no figure.${where}`]
      : []),
    ...(outsideWindow > 0 ? [`${formatCount(outsideWindow)} records of other hours`] : []),
    ...(filtered > 0 ? [`${formatCount(filtered)} records that the filter leaves out`] : []),
    ...(ownCalls > 0 ? [`${counted(ownCalls, 'call')} of this library's own, which are no traffic`] : []),
  ];
}

function unlabelled({ labels, outcome }: ExecutionReport): Content[] {
  const count = labels?.predictionsWithoutLabel ?? 0;
  const isTold = (outcome.healthReasons ?? []).some((reason) => reason.includes('have no label'));
  return count === 0 || isTold ? [] : [html`<b>${formatCount(count)}</b> predictions have no label`];
}
