import { renderRunReport } from '../../lib/report';
import { pageText, tagsOf } from './page-text';
import { dataQualityRun } from './report-fixture';
import {
  aged,
  distracted,
  drifted,
  empty,
  failed,
  quiet,
  RUNS,
  sideBySide,
  tested,
  unfair,
  wide,
} from './run-fixtures';

const verdictOf = (page: string) => /<p class="verdict (\w+)">.*?<\/span> (.*?)<\/p>/.exec(page)?.slice(1);

describe.each(Object.entries(RUNS))('the page of a run that is %s', (_, run) => {
  const page = renderRunReport(run());

  test('reads as it was reviewed', () => {
    expect(pageText(page)).toMatchSnapshot();
  });

  test('needs nothing else, and may load nothing', () => {
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form)\b/i);
    expect(page).not.toMatch(/@import|@font-face|url\(|javascript:/i);
    expect(page).not.toMatch(/\s(src|href|xlink:href|on\w+)\s*=/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('names each of its pictures', () => {
    const pictures = page.match(/<svg\b/g)?.length ?? 0;
    expect(page.match(/<svg role="img"[^>]*><title>[^<]+<\/title>/g) ?? []).toHaveLength(pictures);
  });

  test('gives pictures no colour of their own, so that they follow the scheme of the reader', () => {
    expect(page.slice(page.indexOf('<body>'))).not.toMatch(/\s(fill|stroke)=|#[0-9a-f]{6}\b|rgb\(/i);
  });

  test('is the same for the same run', () => {
    expect(renderRunReport(run())).toBe(page);
  });

  test('has a tone and one sentence before anything else', () => {
    const [tone, sentence] = verdictOf(page) ?? [];
    expect(tone).toMatch(/^(good|watch|problem)$/);
    expect(sentence).toMatch(/\.$/);
    expect(page.indexOf('class="verdict')).toBeLessThan(page.indexOf('<h2>'));
  });
});

test('the page of a run that read a sample says which', () => {
  const run = quiet();
  const sample = { share: 0.1, bytes: 1e8, ofBytes: 1e9, objects: 12, ofObjects: 120 };
  const page = pageText(renderRunReport({ ...run, report: { ...run.report, sample } }));
  expect(page).toContain('1,200 records of a sample: 12 of 120 objects, with 10 % of the bytes');
});

describe('a test of two variants', () => {
  const drawn = (run: ReturnType<typeof tested>) => renderRunReport(run).match(/over 40 windows/g)?.length ?? 0;

  test('is drawn measure by measure, as far as each is known, and says what it has come to', () => {
    expect(drawn(tested())).toBe(2);
    expect(pageText(renderRunReport(tested()))).toContain(
      'green is neither known to be better nor to be worse than blue yet: 40 windows, 2026-03-01 00:00 – 2026-03-02 16:00 UTC.',
    );
    const ended = pageText(renderRunReport(tested('Worse')));
    expect(ended).toMatch(/green is worse than blue: 40 windows, .* UTC; the test has ended\./);
  });

  test('that an earlier version has kept, without its course, is told as it is', () => {
    const run = tested();
    const metrics = [{ metric: 'accuracy', difference: { value: 0.1, low: -1, high: 2 }, sums: {} }];
    const page = renderRunReport({ ...run, test: run.test && { ...run.test, metrics, course: undefined } });
    expect(page).toContain('after 40 windows 0.1, between -1 and 2');
  });

  test.each([
    ['without what it has kept', { test: undefined }],
    ['without two variants', { report: aged().report }],
  ])('is not there %s', (_, without) => {
    expect(renderRunReport({ ...tested(), ...without })).not.toContain('The test of the two');
  });
});

describe('the verdict', () => {
  test.each([
    ['drift', drifted, 'problem'],
    ['nothing', quiet, 'good'],
    ['an aged model', aged, 'problem'],
    ['unfairness', unfair, 'problem'],
    ['other attributions', distracted, 'problem'],
    ['a failure', failed, 'problem'],
    ['no data', empty, 'watch'],
  ])('of %s has its tone', (_, run, tone) => {
    expect(verdictOf(renderRunReport(run()))?.[0]).toBe(tone);
  });

  test('is not good where nothing was found in what was checked, and something was not checked', () => {
    const run = quiet();
    const outcome = { ...run.report.outcome, evaluated: 'Part', leftOutCount: 2, health: 1 } as const;
    const verdict = verdictOf(renderRunReport({ ...run, report: { ...run.report, outcome } }));
    expect(verdict).toEqual(['watch', 'No violation in data quality of birdstrikes; 2 checks were not made.']);
  });
});

describe('the worth of a model', () => {
  const page = renderRunReport(aged());

  test('is drawn over the last 28 windows, by labels and as it was estimated, each with its band', () => {
    const [picture = ''] = /<svg[^>]*><title>recall of 28 windows.*?<\/svg>/s.exec(page) ?? [];
    expect(picture).toContain('<desc>the last one estimated 0.803 ± 0.03</desc>');
    const bars = (kind: string) => new RegExp(`class="w${kind}" d="([^"]*)"`).exec(picture)?.[1].match(/M/g)?.length;
    expect({ estimated: bars('b'), realized: bars('c') }).toEqual({ estimated: 28, realized: 26 });
  });

  test('is not drawn of one window, nor where nothing is known', () => {
    const { report, ...rest } = aged();
    const drawn = (qualityWindows: typeof report.qualityWindows) =>
      renderRunReport({ ...rest, report: { ...report, qualityWindows } }).includes('from window to window');
    expect(drawn(report.qualityWindows?.slice(-1))).toBe(false);
    expect(drawn(undefined)).toBe(false);
    expect(drawn(report.qualityWindows?.map((window) => ({ ...window, quality: [{}] })))).toBe(false);
    expect(drawn(report.qualityWindows)).toBe(true);
  });
});

describe('what people accepted', () => {
  const said = {
    kind: 'Accepted',
    id: 'i',
    until: '2026-03-11T00:00:00.000Z',
    by: 'ann',
    reason: 'a campaign',
  } as const;
  const accepted = () => {
    const run = drifted();
    const { outcome, violated } = run.report;
    const all = { ...outcome, status: 'Watch', violationCount: 0, watchedCount: 0, acceptedCount: 5 } as const;
    const violations = outcome.violations.map((one) => ({ ...one, confirmed: false, accepted: said }));
    const own = violated.map(({ feature, check }) => ({ feature, check, ...said }));
    return { ...run, report: { ...run.report, outcome: { ...all, violations }, accepted: own } };
  };

  test('is told with until when, by whom and why, and is no finding to watch', () => {
    const page = renderRunReport(accepted());
    expect(verdictOf(page)?.[0]).toBe('watch');
    expect(verdictOf(page)?.[1]).toMatch(
      /^Nothing that counts in data quality of birdstrikes: 5 accepted findings, most /,
    );
    expect(pageText(page)).toContain('accepted until 2026-03-11 00:00 UTC by ann: a campaign');
    expect(page).not.toContain('not confirmed yet');
    expect(page).not.toMatch(/class="row (violated|watched)"/);
    expect(page).toContain('class="row accepted"');
  });

  test('of a paused monitor is told as that, and first', () => {
    const run = accepted();
    const paused = { ...said, kind: 'Paused', by: 'bob', reason: 'a move' } as const;
    const page = renderRunReport({ ...run, report: { ...run.report, outcome: { ...run.report.outcome, paused } } });
    expect(verdictOf(page)).toEqual(['watch', expect.stringMatching(/^Paused: Nothing that counts in data quality/)]);
    expect(pageText(page)).toContain('The monitor is paused until 2026-03-11 00:00 UTC by bob: a move');
  });

  test('of a run that failed while its monitor was paused is all that is said of it', () => {
    const run = quiet();
    const paused = { ...said, kind: 'Paused' } as const;
    const outcome = { ...run.report.outcome, status: 'Failed', failureReason: 'no such table', paused } as const;
    const page = renderRunReport({ ...run, report: { ...run.report, outcome } });
    expect(verdictOf(page)).toEqual(['watch', expect.stringMatching(/^Paused: Monitoring of data quality .* failed/)]);
    expect(pageText(page)).toContain('Not told, as people said');
  });

  test('is told beside what is to watch', () => {
    const run = accepted();
    const outcome = { ...run.report.outcome, watchedCount: 1, acceptedCount: 4 };
    const [violated, last] = [run.report.violated, run.report.accepted.slice(1)];
    const page = renderRunReport({ ...run, report: { ...run.report, outcome, violated, accepted: last } });
    expect(verdictOf(page)?.[1]).toContain(': 1 finding to watch and 4 accepted findings, ');
    expect(page.match(/class="row watched"/g)).toHaveLength(1);
  });
});

describe('features', () => {
  const page = renderRunReport(drifted());
  const rows = page.split('class="row ').slice(2);

  test('come in the order of their importance: violated, then by how far they are from their thresholds', () => {
    const standings = rows.map((row) => row.slice(0, row.indexOf('"')));
    expect(standings).toEqual(['violated', 'violated', 'violated', 'quiet', 'quiet', 'quiet']);
    expect(rows[0]).toContain('altitude');
  });

  test('are open where something was found, and closed where not', () => {
    expect(page.match(/<details open>/g)).toHaveLength(3);
    expect(page.match(/<details>/g)).toHaveLength(3);
  });

  test('that were not checked come before those in which nothing was found, with the reason', () => {
    const run = quiet();
    const notEvaluated = [{ feature: 'speed', check: 'baseline_drift_check', reason: 'too few values' }];
    const [first] = renderRunReport({ ...run, report: { ...run.report, notEvaluated } })
      .split('class="row ')
      .slice(2);
    expect(first).toMatch(/^unchecked"/);
    expect(first).toContain('too few values');
  });

  test('of Model Monitor have the distances that its violations tell, and no others are claimed', () => {
    const { report, ...files } = drifted();
    const told = renderRunReport({
      ...files,
      report: { ...report, distances: [], outcome: { ...report.outcome, engine: 'model-monitor' } },
    });
    const [altitude] = told.split('class="row ').slice(2);
    expect(altitude).toMatch(/altitude.*distance <\/i>0\.662.*threshold <\/i>0\.1.*p-value <\/i>–/s);
    expect(told).not.toContain("of 6 features compared with the baseline's distribution");
    expect(told).toContain('6 features; of those without a violation Model Monitor does not say how far');
  });

  test('have the values of no record, unless they are asked for', () => {
    const values = ['landing', 'cruise', 'holding', 'medium'];
    const held = (text: string) => values.filter((value) => text.includes(value));
    expect(held(page)).toEqual([]);
    expect(held(renderRunReport({ ...drifted(), naming: 'values' }))).toEqual(values);
  });
});

describe('variants that are judged apart', () => {
  const page = renderRunReport(sideBySide());
  const sectionOf = (heading: string) => page.split(`<h2>${heading}</h2>`)[1]?.split('</section>')[0] ?? '';
  const standingsIn = (variant: string) =>
    [...sectionOf(`Features, the most important first: variant ${variant}`).matchAll(/class="row (\w+)"><span/g)].map(
      ([, standing]) => standing,
    );

  test('stand side by side', () => {
    const text = pageText(`<body>${sectionOf('Variants, side by side')}`);
    expect(text).toContain('blue 1,200 – none');
    expect(text).toContain('green 1,200 90 % 5 violations');
    expect(text).toContain('red 0 – NoData');
  });

  test('are named in the verdict, with the figures of the one that has most', () => {
    expect(verdictOf(page)?.[1]).toContain(
      'most of all altitude of variant green (distance 0.662, at most 0.1 is allowed)',
    );
  });

  test('of which nothing came have no rows of the baseline alone', () => {
    expect(page).not.toContain('variant red</h2>');
  });

  test('have each its own features, with its own findings', () => {
    expect(standingsIn('green').filter((standing) => standing === 'violated')).toHaveLength(3);
    expect(standingsIn('blue')).toEqual(Array(6).fill('quiet'));
  });
});

describe('the room of a page', () => {
  test('is below 300 kB of 100 features with 28 windows', () => {
    const run = wide(100);
    const page = renderRunReport({ ...run, earlier: Array.from({ length: 27 }, () => run.report) });
    expect(page.match(/<details/g)).toHaveLength(100);
    expect(Buffer.byteLength(page)).toBeLessThan(300_000);
  });

  test('is below 3 MB of 2,000 features, of which all have a row', () => {
    const run = wide(2000);
    const page = renderRunReport({ ...run, earlier: Array.from({ length: 27 }, () => run.report) });
    expect(page.match(/class="row (violated|quiet)"/g)).toHaveLength(2000);
    expect(Buffer.byteLength(page)).toBeLessThan(3_000_000);
  });

  test('does not grow with what strangers call a feature', () => {
    const name = 'x'.repeat(100_000);
    const column = Array.from({ length: 100 }, (_, row) => String(row));
    const page = renderRunReport(dataQualityRun({ [name]: column }, [{ [name]: column.map((value) => `${value}0`) }]));
    expect(Buffer.byteLength(page)).toBeLessThan(30_000);
    expect(tagsOf(page)).toContain('details');
  });
});
