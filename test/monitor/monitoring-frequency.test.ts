import { MonitorAlarms } from '../../lib/alarm/monitor-alarms';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitoringFrequency, Weekday } from '../../lib/monitor/monitoring-frequency';
import { newMonitor, newStack } from './fixtures';
import { resourcesOf } from './readable-template';

describe('a monitoring frequency', () => {
  test('may be hourly', () => {
    expect(MonitoringFrequency.hourly()).toMatchObject({ intervalHours: 1, startHour: 0 });
  });

  test.each([1, 2, 3, 4, 6, 8, 12, 24])('may be every %d hours from midnight on', (hours) => {
    const frequency = MonitoringFrequency.everyHours(hours);
    expect(frequency).toMatchObject({ intervalHours: hours, startHour: 0 });
    expect(frequency.interval.toHours()).toBe(hours);
  });

  test.each([0, 5, 1.5, 25, 48, -1, Number.NaN])('fails for %d hours, which do not divide a day', (hours) => {
    expect(() => MonitoringFrequency.everyHours(hours)).toThrow(
      `InvalidMonitoringFrequency: 'hours' is ${hours}, allowed is one of 1, 2, 3, 4, 6, 8, 12, 24`,
    );
  });

  test.each([15, 30])('may be every %d minutes', (minutes) => {
    const frequency = MonitoringFrequency.everyMinutes(minutes);
    expect(frequency).toMatchObject({ intervalHours: minutes / 60, startHour: 0 });
    expect(frequency.interval.toMinutes()).toBe(minutes);
  });

  test.each([0, 5, 10, 20, 45, 60, 15.5, Number.NaN])('fails for %d minutes', (minutes) => {
    expect(() => MonitoringFrequency.everyMinutes(minutes)).toThrow(
      `InvalidMonitoringFrequency: 'minutes' is ${minutes}, allowed is one of 15, 30`,
    );
  });

  test.each([
    [Weekday.MONDAY, 0, 1],
    [Weekday.SUNDAY, 23, 7],
  ])('may be weekly, on %s at %d', (weekday, hour, number) => {
    const frequency = MonitoringFrequency.weeklyAt(weekday, hour);
    expect(frequency).toMatchObject({ intervalHours: 168, startHour: hour, weekday });
    expect(frequency.interval.toDays()).toBe(7);
    expect(frequency._clock).toEqual({ timeZone: 'UTC', hour, weekday: number });
  });

  test.each([
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'Etc/GMT+5',
    'America/Port-au-Prince',
  ])('may be by the clocks of %s', (timeZone) => {
    const daily = MonitoringFrequency.dailyAt(6, { timeZone });
    expect(daily).toMatchObject({ intervalHours: 24, startHour: 6, timeZone });
    expect(daily._clock).toEqual({ timeZone, hour: 6 });
    const weekly = MonitoringFrequency.weeklyAt(Weekday.FRIDAY, 6, { timeZone });
    expect(weekly._clock).toEqual({ timeZone, hour: 6, weekday: 5 });
  });

  test('is by UTC where nothing is said', () => {
    for (const daily of [MonitoringFrequency.dailyAt(6), MonitoringFrequency.dailyAt(6, { timeZone: 'UTC' })]) {
      expect(daily.timeZone).toBe('UTC');
      expect(daily._clock).toBeUndefined();
    }
  });

  test.each(['Europe/Atlantis', 'europe/berlin', 'Europe/berlin', '+02:00', 'CET', '', 'utc'])(
    'knows no zone %j',
    (timeZone) => {
      const words = `InvalidMonitoringFrequency: 'timeZone' is ${JSON.stringify(timeZone)}, allowed is the name of a zone in the IANA's database, such as Europe/Berlin, or UTC`;
      expect(() => MonitoringFrequency.dailyAt(6, { timeZone })).toThrow(words);
      expect(() => MonitoringFrequency.weeklyAt(Weekday.MONDAY, 6, { timeZone })).toThrow(words);
    },
  );

  test('fails for another day, or another hour of it', () => {
    expect(() => MonitoringFrequency.weeklyAt('Funday' as Weekday, 1)).toThrow(
      `InvalidMonitoringFrequency: 'weekday' is "Funday", allowed is one of Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday`,
    );
    expect(() => MonitoringFrequency.weeklyAt(Weekday.MONDAY, 24)).toThrow(`'hour' is 24`);
  });

  test.each([0, 23])('may be daily at %d', (hour) => {
    expect(MonitoringFrequency.dailyAt(hour)).toMatchObject({ intervalHours: 24, startHour: hour });
  });

  test.each([-1, 24, 0.5, Number.NaN])('fails for the hour %d of the day', (hour) => {
    expect(() => MonitoringFrequency.dailyAt(hour)).toThrow(
      `InvalidMonitoringFrequency: 'hour' is ${hour}, allowed is a whole number from 0 to 23, hour of the day`,
    );
  });
});

test.each([
  ['every 15 minutes', MonitoringFrequency.everyMinutes(15)],
  ['every 30 minutes', MonitoringFrequency.everyMinutes(30)],
  ['weekly, on Monday', MonitoringFrequency.weeklyAt(Weekday.MONDAY, 6)],
  ['daily, in Europe/Berlin', MonitoringFrequency.dailyAt(6, { timeZone: 'Europe/Berlin' })],
])('Model Monitor has no schedule of %s', (got, frequency) => {
  const engine = MonitoringEngine.modelMonitor();
  expect(() => newMonitor(newStack(), { engine, frequency })).toThrow(
    `UnsupportedOnModelMonitor at Stack/DataQuality: 'frequency' is "${got}", allowed is hourly(), everyHours(...) or dailyAt(...) in UTC on modelMonitor() (SageMaker's schedules know no minutes`,
  );
});

test.each([
  [MonitoringFrequency.everyMinutes(15), 30 * 60],
  [MonitoringFrequency.weeklyAt(Weekday.MONDAY, 6), 7 * 86_400],
])('the alarms look at as long as a window is, and a quarter of an hour longer of minutes', (frequency, seconds) => {
  const stack = newStack();
  new MonitorAlarms(stack, 'Alarms', { monitor: newMonitor(stack, { frequency }) });
  const looked = resourcesOf(stack, 'AWS::CloudWatch::Alarm').map(
    ({ Properties: { Period, EvaluationPeriods } }) => Number(Period) * Number(EvaluationPeriods),
  );
  expect(looked).toEqual([seconds, seconds]);
});
