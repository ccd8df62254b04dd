import { truth } from '../analysis/model-quality/rows';
import { captured, exchanges, putBaselines, runOf } from './labelled-monitors';
import { MonitorRuns } from './monitor-runs';

// What windows of different lengths ask of S3, at the same rate of records.

const runs = new MonitorRuns(1000);
const { s3 } = runs;
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

const DAYS = ['02-25', '02-26', '02-27', '02-28', '03-01', '03-02', '03-03', '03-04'];

/** An object of records and one of labels for each hour of eight days. */
function traffic(): void {
  for (const [day, date] of DAYS.entries()) {
    for (let hour = 0; hour < 24; hour += 1) {
      const [month, dayOfMonth] = date.split('-');
      const folder = `2026/${month}/${dayOfMonth}/${String(hour).padStart(2, '0')}`;
      const all = exchanges(5, hour, (day * 24 + hour) * 100);
      const lines = all.map((each) => captured(each).replace('2026-03-04T', `2026-${date}T`));
      const key = `data/churn/v/${folder}/00-00-000-a.jsonl`;
      s3.set('capture', key, lines.join(''));
      s3.modified.set(`capture/${key}`, new Date(`2026-${date}T${String(hour).padStart(2, '0')}:10:00Z`));
      s3.set('labels', `truth/${folder}/a.jsonl`, all.map(({ id, label }) => `${truth(id, label)}\n`).join(''));
    }
  }
}

/** Requests of a first run, whose extracts nobody has made, and of a second monitor of the window. */
async function requestsOf(windowHours: number): Promise<{ readonly first: number; readonly second: number }> {
  runs.reset();
  await putBaselines({ s3 });
  traffic();
  const counts: number[] = [];
  for (const kind of ['ModelQuality', 'ModelBias'] as const) {
    const request = runOf(kind, '20', windowHours);
    await runs.run(request);
    expect(runs.reportOf(request).outcome).toMatchObject({ recordCount: 5 * windowHours, labelCoverage: 1 });
    counts.push(s3.client.calls().length);
  }
  const [first, second] = counts;
  return { first, second };
}

test('requests grow with the hours of a window, and for a second monitor less than half as fast', async () => {
  const [hour, day, week] = [await requestsOf(1), await requestsOf(24), await requestsOf(168)];
  expect(day.first).toBeLessThan(24 * hour.first);
  expect(week.first).toBeLessThan(7.1 * day.first);
  expect(week.second).toBeLessThan(7.1 * day.second);
  expect(week.second).toBeLessThan(week.first / 2);
  process.stdout.write(`requests of 1, 24 and 168 hours: ${JSON.stringify([hour, day, week])}\n`);
});
