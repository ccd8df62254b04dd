/** Tells what the clocks of a zone show at a full minute, as if that were UTC; both in epoch milliseconds. */
export type ZoneClock = (time: number) => number;

/** The clocks of a zone, by its name in the database of the IANA, or by its distance from UTC, as `+05:30`. */
export function clockOf(timeZone: string): ZoneClock {
  if (timeZone === 'UTC' || timeZone === 'Etc/UTC') return (time) => time;
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields });
  return (time) => {
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const text = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    return Date.parse(`${text('year')}-${text('month')}-${text('day')}T${text('hour')}:${text('minute')}Z`);
  };
}
