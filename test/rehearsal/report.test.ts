import { renderReport } from '../../lib/rehearsal/report';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { type Columns, EMPTY_RESULT, resultOf } from './report-fixture';

const repeat = (values: readonly string[], count: number) =>
  Array.from({ length: count }, (_, index) => values[index % values.length]);

const baseline: Columns = {
  age: Array.from({ length: 400 }, (_, index) => (20 + index / 10).toFixed(1)),
  plan: repeat(['basic', 'plus', 'pro'], 400),
};
/** Every second row: the same distribution. */
const same: Columns = {
  age: baseline.age.filter((_, index) => index % 2 === 0),
  plan: baseline.plan.filter((_, index) => index % 2 === 0),
};
const moved: Columns = {
  age: baseline.age.map((age) => (Number(age) + 30).toFixed(1)),
  plan: repeat(['basic', ''], 400),
};

const drifted = resultOf(baseline, [baseline, moved]);
const render = (result: RehearsalResult) => renderReport(result, { title: 'Rehearsal' });
/** The text between the heading and the next section. */
const sectionOf = (page: string, heading: string) => page.split(`<h2>${heading}</h2>`)[1]?.split('</section>')[0] ?? '';

describe('the page', () => {
  const page = renderReport(drifted, { title: 'Rehearsal', seed: 7, facts: { data: 'two columns' } });

  test('is one document that needs nothing else: no script, no link, no picture, no font from elsewhere', () => {
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b/i);
    expect(page).not.toMatch(/@import|@font-face|url\(/i);
    expect(page).not.toMatch(/\s(src|href|xlink:href|on\w+)\s*=/i);
  });

  test('forbids the browser to load anything', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('is the same for the same result', () => {
    expect(render(drifted)).toBe(render(drifted));
  });

  test('says title, seed and facts', () => {
    expect(page).toContain('<title>Rehearsal</title>');
    expect(page).toContain('<dt>seed</dt><dd>7</dd>');
    expect(page).toContain('<dt>data</dt><dd>two columns</dd>');
  });

  test('gives every picture a role, a title and a description', () => {
    const pictures = page.match(/<svg\b/g)?.length;
    expect(pictures).toBeGreaterThan(3);
    expect(page.match(/<svg role="img"[^>]*><title>[^<]+<\/title>/g)).toHaveLength(pictures ?? 0);
  });

  test('gives pictures no colour of their own, so that they follow the scheme of the reader', () => {
    const drawn = page.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
    expect(drawn.filter((svg) => /\s(fill|stroke|style)=/.test(svg))).toEqual([]);
  });

  test('begins with what drifted, and ends with the chain of links', () => {
    const headings = [...page.matchAll(/<h2>([^<]*)/g)].map(([, heading]) => heading);
    expect(headings[0]).toBe('Features, the most important first');
    expect(headings[headings.length - 1]).toBe('The chain, link by link');
    expect(page).toMatch(
      /<p class="verdict problem">.*Found in 2 windows: 2 features of 2 with violations, most of all age\.<\/p>/,
    );
    expect(page.indexOf('class="verdict')).toBeLessThan(page.indexOf('Everything happened as expected'));
  });
});

describe('the verdict', () => {
  test('is good when everything happened', () => {
    const page = render(drifted);
    expect(page).toContain('Everything happened as expected');
    expect(page).toMatch(/<b>2<\/b> windows.*<b>1<\/b> message<.*<b>1<\/b> retraining</s);
  });

  test('names every link that is missing', () => {
    const expectations = ['drift alarm', 'topic policy', 'rule'].map((name, index) => ({
      name,
      met: index === 0,
      detail: name,
    }));
    const page = render({ ...drifted, succeeded: false, expectations });
    expect(page).toContain('Not as expected: topic policy, rule');
    expect(sectionOf(page, 'The chain, link by link').match(/>not met</g)).toHaveLength(2);
  });

  test('of nothing at all is a page, too', () => {
    const page = render(EMPTY_RESULT);
    expect(page).toContain('Not as expected: see the timeline');
    for (const text of [
      'Nothing was expected.',
      'No window was concluded.',
      'No message was sent.',
      'No retraining was started.',
    ]) {
      expect(page).toContain(text);
    }
  });
});

describe('the findings', () => {
  const page = render(drifted);

  test('list every violation in its window, in the words of the report', () => {
    const section = sectionOf(page, 'Violated constraints');
    for (const { feature_name, description } of drifted.windows[1].violations) {
      expect(section).toContain(`>${feature_name}</td>`);
      expect(section).toContain(description);
    }
    expect(section.match(/11:00 – 12:00/g)).toHaveLength(drifted.windows[1].violations.length);
    expect(section).not.toContain('10:00 – 11:00');
  });

  test('say which monitor found what, whatever its kind', () => {
    const [, found] = drifted.windows;
    const description = 'Metric value -0.3 does not meet';
    const bias = { facet: 'sex', facet_value: '1', metric_name: 'DPPL', constraint_check_type: 'bias_drift_check' };
    const window = {
      ...found,
      outcome: { ...found.outcome, monitorId: 'App/Monitoring/Fairness' },
      violations: [{ ...bias, description } as unknown as (typeof found.violations)[number]],
    };
    const both = render({ ...drifted, windows: [found, window] });
    expect(sectionOf(both, 'Windows')).toMatch(/>DataQuality<\/td>[\s\S]*>Fairness<\/td>/);
    expect(sectionOf(both, 'Violated constraints')).toMatch(/>Fairness<\/td><td class="name">sex=1 \(DPPL\)<\/td>/);
  });

  test('mark the distances beyond the threshold, and no others', () => {
    const [, first, second] =
      sectionOf(page, 'Distance to the baseline').match(/>age<\/th>(<td.*?<\/td>)\s*(<td.*?<\/td>)/s) ?? [];
    expect(first).toContain('heat-0');
    expect(second).toContain('beyond');
    expect(second).toContain('aria-label="drift, beyond the threshold"');
  });

  test('tell a distance that chance explains from drift', () => {
    const few: Columns = { age: baseline.age.slice(100, 120), plan: baseline.plan.slice(100, 120) };
    const [window] = resultOf(baseline, [few]).windows;
    const distances = [{ feature: 'age', distance: 0.3, threshold: 0.1, method: 'MassShift', pValue: 0.4 }];
    const chance = { ...drifted, windows: [{ ...window, violations: [], distances }] };
    const section = sectionOf(render(chance), 'Distance to the baseline');
    expect(section).toContain('0.3 <span class="sign" aria-label="beyond the threshold, no violation">');
    expect(section).not.toContain('class="number beyond"');
    expect(render(chance)).toMatch(/age<\/bdi> <small>\w+<\/small> <em>quiet/);
  });

  test('show completeness where values are missing, and mark what is less than required', () => {
    const section = sectionOf(page, 'Completeness');
    expect(section).toMatch(/plan<\/th>.*100 %.*100 %.*100 %.*beyond.*50 %/s);
    expect(section).not.toContain('age');
  });

  test('say that a feature is complete everywhere rather than show an empty table', () => {
    expect(sectionOf(render(resultOf(baseline, [same])), 'Completeness')).toContain('No value is missing');
  });

  test('say that nothing was violated', () => {
    expect(sectionOf(render(resultOf(baseline, [same])), 'Violated constraints')).toContain(
      'No constraint was violated',
    );
  });

  test('compare windows that have data, and list the others as windows only', () => {
    const [first] = drifted.windows;
    const outcome = {
      ...first.outcome,
      status: 'NoData' as const,
      windowStart: '2026-03-02T09:00:00Z',
      recordCount: 0,
    };
    const empty = { outcome, violations: [], distances: [], unreadableCount: 0, hasPage: true };
    const found = render({ ...drifted, windows: [empty, ...drifted.windows] });
    expect(sectionOf(found, 'Windows').match(/<tr>/g)).toHaveLength(4);
    expect(sectionOf(found, 'Distance to the baseline')).toBe(sectionOf(page, 'Distance to the baseline'));
    expect(sectionOf(found, 'Completeness')).toBe(sectionOf(page, 'Completeness'));
  });

  test('put the features that violate most first', () => {
    const order: Columns = { quiet: baseline.age, ...baseline };
    const page = render(resultOf(order, [{ ...moved, quiet: baseline.age, age: baseline.age }]));
    const names = [...page.matchAll(/class="row \w+"><span><bdi class="name">([^<]*)/g)].map(([, name]) => name);
    expect(names).toEqual(['plan', 'quiet', 'age']);
  });

  test('open the first hundred features, and have all of them in the tables', () => {
    const wide = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`feature-${index}`, baseline.age]));
    const found = render(resultOf(wide, [wide]));
    expect(sectionOf(found, 'Features, the most important first').match(/<details/g)).toHaveLength(100);
    expect(found).toContain('The 30 least important features do not open');
    expect(sectionOf(found, 'Distance to the baseline').match(/<tr>/g)).toHaveLength(131);
  });

  test('show the values of the window in which a feature differs most, and call it by its hours', () => {
    const rows = sectionOf(page, 'Features, the most important first');
    expect(rows).toMatch(/<th scope="col">baseline<th scope="col">11:00 – 12:00/);
    expect(rows).toContain('basic'); // a file on its reader's machine
  });

  test('show a run that failed with its reason, and no cards from it', () => {
    const [first, second] = drifted.windows;
    const outcome = {
      ...second.outcome,
      status: 'Failed' as const,
      failureReason: 'the baseline is gone',
      violationCount: 0,
    };
    const failed = { ...second, outcome, statistics: undefined, violations: [], distances: [] };
    const found = render({ ...drifted, windows: [first, failed] });
    expect(sectionOf(found, 'Windows')).toContain('the baseline is gone');
    expect(sectionOf(found, 'Violated constraints')).toContain('No constraint was violated');
  });
});

describe('the timeline', () => {
  const entries = [
    { time: '2026-03-02T11:20:00Z', lane: 'metric', title: 'Violations' },
    { time: '2026-03-02T11:20:10Z', lane: 'metric', title: 'Completed' },
    { time: '2026-03-02T10:00:00Z', lane: 'traffic', title: 'captured', detail: '941 requests' },
    { time: '2026-03-02T15:00:00Z', lane: 'retraining', title: 'denied', problem: true },
  ] as const;
  const section = sectionOf(render({ ...drifted, timeline: [...entries] }), 'What happened when');

  test('has every entry in words, in order of time', () => {
    const titles = [
      ...section.matchAll(/<td>(?:<em[^>]*>problem<\/em> )?([^<]*)<\/td>\s*<td>[^<]*<\/td>\s*<\/tr>/g),
    ].map(([, title]) => title);
    expect(titles).toEqual(['captured', 'Violations', 'Completed', 'denied']);
  });

  test('marks problems', () => {
    expect(section.match(/<em class="violated">problem/g)).toHaveLength(1);
    expect(section.match(/<path class="p" /g)).toHaveLength(1);
  });

  test('draws what happens at about the same time as one mark with its count', () => {
    expect(section).toMatch(/<text[^>]*>2<\/text>/);
  });
});

describe('text from elsewhere', () => {
  const evil = `</title></script><img src=x onerror=alert(1)>"'&{a|b}`;
  const columns: Columns = { [evil]: repeat([evil, `${evil} 2`, ''], 300), age: baseline.age.slice(100) };
  const numbers: Columns = {
    [evil]: repeat([evil], 300),
    age: baseline.age.slice(100).map((age) => (Number(age) * 2).toFixed(1)),
  };
  const clean = resultOf(columns, [columns, numbers]);
  const window = clean.windows[1];
  const result: RehearsalResult = {
    ...clean,
    expectations: [{ name: evil, met: false, detail: evil }],
    timeline: [{ time: '2026-03-02T11:20:00Z', lane: 'alarm', title: evil, detail: evil, problem: true }],
    windows: [clean.windows[0], { ...window, outcome: { ...window.outcome, failureReason: evil, reportUri: evil } }],
    messages: [{ time: evil, topic: evil, sender: evil, subject: evil, body: evil }],
    retrainings: [{ time: evil, pipeline: evil, clientRequestToken: evil, executionArn: evil }],
  };
  const page = renderReport(result, { title: evil, facts: { [evil]: evil } });

  test('is escaped wherever it appears', () => {
    expect(page).not.toMatch(/<img/i);
    expect(page).not.toMatch(/<\/script/i);
    expect(page.match(/<\/title>/g)).toHaveLength((page.match(/<svg/g)?.length ?? 0) + 1);
    expect(page.match(/&lt;img src=x onerror=alert\(1\)&gt;/g)?.length).toBeGreaterThan(20);
  });

  test('does not end an attribute', () => {
    const tags = page.match(/<[a-z][^>]*>/gi) ?? [];
    expect(tags.filter((tag) => tag.includes('onerror'))).toEqual([]);
  });
});
