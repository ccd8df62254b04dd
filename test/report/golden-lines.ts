// Numbers as people read them, written anew: what pages say is compared with it.

/** A whole number, thousands apart. */
export const grouped = (text: string) => text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ','));

/** Three significant digits, thousands apart. */
export function shown(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const fixed = Number(value.toPrecision(3)).toFixed(Math.min(digits, 12));
  return grouped(fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed);
}

/** A share with one decimal at most. */
export const percent = (share: number) => `${Number((share * 100).toFixed(1))} %`;

const GOLDEN: { readonly [name: string]: string } = require('./__snapshots__/run-report.test.ts.snap');

/** The lines of a page that was reviewed in which there is a number. */
export const linesOf = (name: string): string[] =>
  GOLDEN[`the page of a run that is ${name} reads as it was reviewed 1`].split('\n').filter((line) => /\d/.test(line));

/** What every page says of its times and its place. */
export const PROVENANCE: readonly string[] = [
  '2026-03-02 10:00 – 11:00 UTC',
  'window (UTC) 2026-03-02 10:00 – 11:00',
  'concluded (UTC) 2026-03-02 11:20',
  'execution execution-0',
  'files s3://reports/Stack/Monitor/2026/03/02/11/',
];
