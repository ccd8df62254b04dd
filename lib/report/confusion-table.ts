import type { ConfusionMatrix } from '../analysis';
import type { Naming } from './distribution';
import { formatCount, formatPercent } from './figures';
import { html, type Markup, shorten } from './html';

/** Classes that are shown: a table of more is no picture. */
const MOST_CLASSES = 12;

/** What was predicted of what each row is: counts, the share of the row, and that share in the baseline. */
export function confusionTable(matrix: ConfusionMatrix, before: ConfusionMatrix | undefined, naming: Naming): Markup {
  const classes = Object.keys(matrix);
  if (classes.length > MOST_CLASSES) {
    return html`<p class="none">The confusion matrix of ${formatCount(classes.length)} classes is in statistics.json.</p>`;
  }
  const names = classNames(classes, naming);
  const heads = names.map((name) => html`<th scope="col">${name}`);
  const rows = classes.map((actual, index) => {
    const cells = classes.map((predicted) => confusionCell(matrix, before, [actual, predicted]));
    return html`<tr><th scope="row">${names[index]}${cells}`;
  });
  return html`<table class="confusion"><caption>Confusion matrix: what is (rows) and what was predicted (columns); share of the row, and in the baseline</caption>
    <tr><th scope="col"><span class="unseen">actual</span>${heads}${rows}</table>`;
}

function confusionCell(
  matrix: ConfusionMatrix,
  before: ConfusionMatrix | undefined,
  [actual, predicted]: readonly [string, string],
): Markup {
  const share = shareOf(matrix, actual, predicted);
  const former = before && shareOf(before, actual, predicted);
  const kind = actual === predicted ? 'right' : 'wrong';
  return html`<td class="${kind}" style="--h:${Math.round((share ?? 0) * 100)}%"><b>${formatCount(matrix[actual]?.[predicted] ?? 0)}</b><small>${
    share === undefined ? '–' : formatPercent(share)
  }${former === undefined ? '' : ` (${formatPercent(former)})`}</small>`;
}

function shareOf(matrix: ConfusionMatrix, actual: string, predicted: string): number | undefined {
  const row = matrix[actual] ?? {};
  const total = Object.values(row).reduce((sum, count) => sum + count, 0);
  return total > 0 ? (row[predicted] ?? 0) / total : undefined;
}

/** Labels are values of records; 0 and 1 say nothing of any. */
function classNames(classes: readonly string[], naming: Naming): string[] {
  const isBinary = classes.every((name) => name === '0' || name === '1');
  return naming === 'values' || isBinary
    ? classes.map((name) => shorten(name, 24))
    : classes.map((_, index) => `class ${index + 1}`);
}
