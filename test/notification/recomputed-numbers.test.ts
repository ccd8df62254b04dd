import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import { REPORT_FILES } from '../handlers/report-files';

// Each number of the messages that were reviewed, recomputed from what the containers wrote and from what the windows came to, by arithmetic of its own. What nothing here accounts for may not stand in a message.

const GOLDEN: { readonly [name: string]: string } = require('./__snapshots__/incident-messages.test.ts.snap');
const DECISION: { readonly [name: string]: string } = require('./__snapshots__/decision-message.test.ts.snap');

const RECORDS = 317;
const DAY = '2026-03-04';
const two = (number: number) => String(number).padStart(2, '0');
const time = (hour: number) => `${DAY}T${two(hour)}:00:00.000Z`;

/** Findings of each window, the first at midnight, in which story the golden messages are; letters where none were sought. */
const found = (all: number): readonly (number | 'F' | 'N')[] => [0, 1, all, 1, 'N', 0, 0, 'F', 'F', 0];

interface RawViolation {
  readonly constraint_check_type: string;
  readonly description: string;
  readonly [name: string]: string;
}

/** Which of the numbers that a container writes is what was allowed, and which what was seen. */
const PLACES: { readonly [check: string]: readonly [number, number] } = {
  data_type_check: [0, 1],
  baseline_drift_check: [1, 0],
  extra_column_check: [1, 0],
  LessThanThreshold: [2, 0],
  GreaterThanThreshold: [2, 0],
  bias_drift_check: [1, 0],
  feature_attribution_drift_check: [1, 0],
};

const NUMBER = /-?(?:\d+(?:\.\d+)?|Infinity)/g;
const numbersIn = (text: string) => (text.match(NUMBER) ?? []).map(Number);
const rounded = (number: number) => Number(number.toPrecision(4));
const rawOf = (kind: MonitorKindName) => REPORT_FILES[kind].violations.violations as readonly RawViolation[];

/** As a message calls what was violated: names may have digits, which are no figures. */
const nameOf = ({ feature_name: feature, facet, facet_value: value, metric_name: metric, label }: RawViolation) =>
  feature ?? label ?? (facet === undefined ? metric : `${facet}=${value} (${metric})`);

/** Takes what is accounted for out of a message; fails where it is not there. */
class Reading {
  public rest: string;

  /** Fairness is 0, and no figure. */
  public constructor(message: string) {
    this.rest = message.replaceAll('farther from 0 than', '').replaceAll('s3://out', '');
  }

  public take(claim: string): void {
    expect(this.rest).toContain(claim);
    this.rest = this.rest.replaceAll(claim, '');
  }

  public takeFindings(kind: MonitorKindName): void {
    for (const raw of rawOf(kind)) {
      const name = nameOf(raw);
      for (const [line] of this.rest.matchAll(/^- .*$/gm)) {
        if (!line.startsWith(`- ${name}: `)) continue;
        const figures = numbersIn(line.slice(name.length + 3));
        if (figures.length > 0) {
          const seen = numbersIn(raw.description);
          expect(figures).toEqual(PLACES[raw.constraint_check_type].map((place) => rounded(seen[place])));
        }
        this.rest = this.rest.replace(line, '');
      }
    }
  }

  public takeWindow(hour: number): void {
    this.take(`Window:    ${time(hour)} to ${time(hour + 1)}`);
    this.take(`/2026/03/04/${two(hour + 1)}/`);
    this.take('eu-west-1.console');
    this.take('s3/buckets');
    this.take('region=eu-west-1');
  }
}

const windowOf = (message: string) => Number(/^Window: {4}\S+T(\d\d):/m.exec(message)?.[1]);
const findings = (count: number) => `${count} ${count === 1 ? 'finding' : 'findings'}`;
const headlines: { readonly [kind in MonitorKindName]: (count: number) => string } = {
  DataQuality: (count) => `${count} ${count === 1 ? 'violation' : 'violations'} in data quality`,
  ModelQuality: (count) => `${count} ${count === 1 ? 'metric' : 'metrics'} of model quality`,
  ModelBias: (count) => `in ${count} ${count === 1 ? 'metric' : 'metrics'}`,
  ModelExplainability: (count) => `for ${count} ${count === 1 ? 'output' : 'outputs'}`,
};

/** Everything with a number that a message about a window of the story says, beyond the window itself and its findings. */
function claimsOf(kind: MonitorKindName, hour: number): string[] {
  const story = found(rawOf(kind).length);
  const counts = story.map((one) => (typeof one === 'number' ? one : 0));
  const begin = counts.findIndex((count) => count > 0);
  const last = counts.length - 1 - [...counts].reverse().findIndex((count) => count > 0);
  const failed = story.flatMap((one, window) => (one === 'F' ? [window] : []));
  const isOfFailures = failed.length > 0 && hour >= failed[0];
  const since = `since ${DAY} ${two(isOfFailures ? failed[0] : begin)}:00 UTC`;
  if (hour === 0) return [headlines[kind](1), `since ${DAY} 00:00 UTC`];
  if (isOfFailures) {
    const ended = `${failed.length} runs failed, from ${time(failed[0])} to ${time((failed.at(-1) ?? 0) + 1)}`;
    return hour === failed[0] ? [since, 's3[:]//out'] : [since, ended];
  }
  const all = Math.max(...counts.slice(0, hour + 1));
  const title = headlines[kind](all);
  if (hour === begin) return [title, since, `begun, since ${time(begin)}`];
  const isEnded = counts.slice(hour - 1, hour + 1).every((count) => count === 0);
  if (!isEnded) return [title, since, `grown by ${findings(all - counts[begin])} to ${all}, since ${time(begin)}`];
  const windows = counts.filter((count) => count > 0).length;
  const spell = `${findings(all)} in ${windows} windows, from ${time(begin)} to ${time(last + 1)}`;
  return [title, since, spell, 'The last 2 windows with data'];
}

/** Subjects are cut where there is no room. */
const withoutCutSubject = (message: string) =>
  message.replace(/^"?\n?"?Subject: (.*)$/m, (line) =>
    line.endsWith('...)') ? line.replace(/\(\S*\.\.\.\)$/, '') : line,
  );

describe.each(Object.keys(REPORT_FILES) as MonitorKindName[])('in the messages of a monitor of %s', (kind) => {
  const messages = GOLDEN[`of a monitor of ${kind} the messages read so 1`].split('\n----------\n');

  test('no number is without a claim, and each claim is there', () => {
    expect(messages.length).toBeGreaterThanOrEqual(5);
    for (const message of messages) {
      const reading = new Reading(withoutCutSubject(message));
      const hour = windowOf(message);
      reading.takeWindow(hour);
      reading.takeFindings(kind);
      for (const claim of claimsOf(kind, hour)) reading.take(claim);
      if (!message.includes('Status:    Failed')) reading.take(`Records:   ${RECORDS}`);
      expect(reading.rest.match(/.*\d.*/g) ?? []).toEqual([]);
    }
  });
});

test.each(['Accepted', 'Paused', 'Snoozed'])('no number of the message about what is %s is without a claim', (kind) => {
  const message = GOLDEN[`of findings that people accepted the message about what is ${kind} reads so 1`];
  const until = '2026-03-11T00:00:00.000Z by arn:aws:sts::111122223333:assumed-role';
  expect(message.match(/^- /gm)).toHaveLength(2);
  const reading = new Reading(message);
  reading.takeWindow(1);
  reading.takeFindings('DataQuality');
  for (const claim of [headlines.DataQuality(2), `since ${DAY} 00:00 UTC`, `Records:   ${RECORDS}`, until])
    reading.take(claim);
  reading.take(`2 findings in 1 window, since ${time(0)}`);
  expect(reading.rest.match(/.*\d.*/g) ?? []).toEqual([]);
});

test('no number of the message about a training is without a claim', () => {
  const reading = new Reading(DECISION['a training that was started is told whole 1']);
  reading.takeWindow(8);
  const claims = [
    headlines.DataQuality(2),
    `since ${DAY} 07:00 UTC`,
    `begun, since ${time(7)}`,
    `Records:   ${RECORDS}`,
  ];
  for (const claim of claims) reading.take(claim);
  reading.take('arn:aws:sagemaker:eu-west-1:111122223333:pipeline/retrain/execution/x');
  expect(reading.rest.match(/.*\d.*/g) ?? []).toEqual([]);
});

test('a number that nothing accounts for is found, and one that is another', () => {
  const message = GOLDEN['of a monitor of DataQuality the messages read so 1'].split('\n----------\n')[0];
  const wrong = new Reading(message.replace('saw 98.81%', 'saw 98.18%'));
  expect(() => wrong.takeFindings('DataQuality')).toThrow();
  expect(() => new Reading(message).take('2 violations in data quality')).toThrow();
  expect('Records:   317\nRows: 12'.replace('Records:   317', '').match(/.*\d.*/g)).toEqual(['Rows: 12']);
});
