import { Aws, Duration, Lazy, Token } from 'aws-cdk-lib';
import { AnalysisWindow } from '../../lib/monitor/analysis-window';
import { MonitoringFrequency } from '../../lib/monitor/monitoring-frequency';

const { hourly, everyHours, dailyAt } = MonitoringFrequency;
const { sinceLastRun, delayedBy, between } = AnalysisWindow;

test.each([
  ['hourly, since the last run', sinceLastRun(), hourly(), '-PT1H', '-PT0H'],
  ['every six hours, since the last run', sinceLastRun(), everyHours(6), '-PT6H', '-PT0H'],
  ['daily, since the last run', sinceLastRun(), dailyAt(5), '-PT24H', '-PT0H'],
  ['hourly, delayed by an hour', delayedBy(Duration.hours(1)), hourly(), '-PT2H', '-PT1H'],
  ['hourly, delayed by 120 minutes', delayedBy(Duration.minutes(120)), hourly(), '-PT3H', '-PT2H'],
  ['daily, delayed by a week', delayedBy(Duration.days(7)), dailyAt(0), '-PT192H', '-PT168H'],
  ["the documentation's -P8D to -P1D", between(Duration.days(8), Duration.days(1)), hourly(), '-PT192H', '-PT24H'],
  ['the day before each hourly run', between(Duration.days(1), Duration.hours(0)), hourly(), '-PT24H', '-PT0H'],
])('[B10] %s', (_, window, frequency, startTimeOffset, endTimeOffset) => {
  expect(window.bind(frequency)).toMatchObject({ startTimeOffset, endTimeOffset });
});

test('[B10] the hours of a window are told as numbers, too', () => {
  expect(delayedBy(Duration.days(1)).bind(everyHours(2))).toMatchObject({ startHours: 26, endHours: 24 });
});

test('[B10] the longest offset has 15 characters', () => {
  const window = between(Duration.hours(99_999_999_999), Duration.hours(0));
  expect(window.bind(hourly()).startTimeOffset).toHaveLength(15);
  expect(() => between(Duration.hours(100_000_000_000), Duration.hours(0))).toThrow(
    `'start' is "4166666666 days 16 hours", allowed is whole hours, 1 to 99999999999`,
  );
});

test.each([
  [Duration.hours(0), '0 hours'],
  [Duration.minutes(90), '1 hour 30 minutes'],
])('[B10] labels cannot be delayed by %s', (delay, got) => {
  expect(() => delayedBy(delay)).toThrow(
    `InvalidAnalysisWindow: 'delay' is "${got}", allowed is whole hours, 1 to 99999999999`,
  );
});

test.each([
  [Duration.hours(1), Duration.hours(1), `'start' is "1 h", allowed is more than 'end', 1 h`],
  [Duration.hours(1), Duration.days(1), `'start' is "1 h", allowed is more than 'end', 24 h`],
  [Duration.minutes(30), Duration.hours(0), `'start' is "30 minutes", allowed is whole hours, 1 to`],
  [Duration.hours(2), Duration.minutes(30), `'end' is "30 minutes", allowed is whole hours, 0 to`],
])('[B10] a window cannot be from %s to %s before the run', (start, end, message) => {
  expect(() => between(start, end)).toThrow(`InvalidAnalysisWindow: ${message}`);
});

test('[B10] offsets are texts, so a window has to be known when the app is synthesized', () => {
  const token = Duration.hours(Token.asNumber(Lazy.any({ produce: () => 2 })));
  const message = (least: number) =>
    `is "a token", allowed is whole hours, ${least} to 99999999999, known when the app is synthesized`;
  expect(() => delayedBy(token)).toThrow(`'delay' ${message(1)}`);
  expect(() => between(token, Duration.hours(Token.asNumber(Aws.ACCOUNT_ID)))).toThrow(
    `'start' ${message(1)}; 'end' ${message(0)}`,
  );
});
