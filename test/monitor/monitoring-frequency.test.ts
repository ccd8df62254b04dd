import { MonitoringFrequency } from '../../lib/monitor/monitoring-frequency';

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

  test.each([0, 23])('may be daily at %d', (hour) => {
    expect(MonitoringFrequency.dailyAt(hour)).toMatchObject({ intervalHours: 24, startHour: hour });
  });

  test.each([-1, 24, 0.5, Number.NaN])('fails for the hour %d of the day', (hour) => {
    expect(() => MonitoringFrequency.dailyAt(hour)).toThrow(
      `InvalidMonitoringFrequency: 'hour' is ${hour}, allowed is a whole number from 0 to 23, hour of the day in UTC`,
    );
  });
});
