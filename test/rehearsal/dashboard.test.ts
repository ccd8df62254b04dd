import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { YourCsv } from '../../examples/your-csv/app';
import { type ModelMonitoring, MonitoringDashboard } from '../../lib';
import type { RehearsedWidget, WidgetContent } from '../../lib/rehearsal/dashboard/rehearsed-dashboard';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { renderReport } from '../../lib/rehearsal/report';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { changed, hours, idsOf, newFolder, removeFolders, rows, STACK } from './fixtures/app';

afterAll(removeFolders);

const MONITOR = 'Rehearsed/Monitoring/DataQuality';

/** An app with the library's dashboard, and two widgets of its owner's own. */
function synthesized(): string {
  const trainingData = join(newFolder(), 'training.csv');
  const lines = rows(1000).map(({ output, input }) => [...output, ...input].join(','));
  writeFileSync(trainingData, `${['score,size,colour', ...lines].join('\n')}\n`);
  const app = new App({ outdir: join(newFolder(), 'cdk.out') });
  const stack = new YourCsv(app, STACK, { trainingData });
  const monitoring = stack.node.findChild('Monitoring') as ModelMonitoring;
  const { dashboard } = new MonitoringDashboard(stack, 'Models', { monitors: [monitoring] });
  const violations = new cloudwatch.Metric({
    namespace: 'SageMakerMonitoring',
    metricName: 'Violations',
    dimensionsMap: { MonitorId: MONITOR },
    statistic: 'Maximum',
  });
  const anomalies = new cloudwatch.MathExpression({
    expression: 'ANOMALY_DETECTION_BAND(v)',
    usingMetrics: { v: violations },
  });
  dashboard.addWidgets(
    new cloudwatch.SingleValueWidget({ title: 'Mine', metrics: [violations] }),
    new cloudwatch.GraphWidget({ title: 'Anomalies', left: [anomalies] }),
  );
  return app.synth().directory;
}

const assembly = synthesized();
const rehearsed = (which: string) =>
  rehearse({
    assembly: which,
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: true,
    traffic: hours(false, false, true),
  });

let result: RehearsalResult;
beforeAll(async () => {
  result = await rehearsed(assembly);
}, 120_000);

const widgetOf = (title: string | RegExp): RehearsedWidget => {
  const found = result.dashboards[0].widgets.find((widget) => widget.title?.match(title));
  if (!found) throw new Error(`no widget ${title}`);
  return found;
};

function contentOf<Kind extends WidgetContent['kind']>(title: string | RegExp, kind: Kind) {
  const { content } = widgetOf(title);
  if (content.kind !== kind) throw new Error(`${title} is ${JSON.stringify(content)}`);
  return content as Extract<WidgetContent, { kind: Kind }>;
}

test('the dashboard is a link of the chain, and nothing else is asked of AWS for it', () => {
  expect(result.expectations.filter(({ met }) => !met)).toEqual([]);
  const { widgets } = result.dashboards[0];
  expect(result.expectations).toContainEqual({
    name: 'dashboard',
    met: true,
    detail: expect.stringMatching(new RegExp(`^${widgets.length} widgets of .*, 2 of what a rehearsal has not$`)),
  });
  const asked = result.usage.flatMap(({ functions }) =>
    Object.values(functions).flatMap(({ calls }) => Object.keys(calls)),
  );
  expect(asked.filter((name) => name.includes('DescribeAlarms'))).toEqual([]);
});

test('the monitor that found most is chosen, and the endpoint that has the traffic', () => {
  expect(result.dashboards[0].chosen).toEqual([
    { label: 'Monitor', value: MONITOR },
    { label: 'Endpoint', value: result.windows[0].outcome.endpointName },
  ]);
  expect(JSON.stringify(result.dashboards)).not.toContain('CHOSEN');
});

test('alarms stand as they do at the end, those that fire first', () => {
  const { alarms } = contentOf('Alarms', 'alarms');
  expect(alarms[0]).toEqual({ name: 'Monitoring/DataQuality/Alarms/Drift', state: 'ALARM' });
  expect(alarms.map(({ state }) => state).slice(1)).not.toContain('ALARM');
});

test('charts have what the runs published, hour by hour', () => {
  const counts = result.windows.map(({ outcome }) => outcome.violationCount);
  const { series, view } = contentOf('Confirmed violations by monitor', 'metrics');
  expect(view).toBe('table');
  expect(series.map(({ label }) => label)).toEqual([MONITOR]);
  expect(series[0].points.map(([, value]) => value)).toEqual(counts.slice(-series[0].points.length));
  expect(Math.max(...counts)).toBeGreaterThan(0);
  expect(contentOf(/^Health/, 'metrics')).toMatchObject({ limits: [{ value: 0, label: 'alarm above' }], most: 3 });
  expect(contentOf(/^Mine/, 'metrics').series[0].points.map(([, value]) => value)).toContain(Math.max(...counts));
});

test("the library's function draws, by its role alone, what the newest report says", () => {
  const fleet = contentOf('Monitors, and alarms that fire', 'drawn').html;
  expect(fleet).toMatch(/1 alarm<\/em> of models/);
  expect(fleet).toMatch(/<em class="problem">2 violations<\/em>/);
  expect(fleet).toContain('your-training started');
  expect(contentOf('The last run', 'drawn').html).toContain('<bdi class="name">size</bdi>');
});

test('what the rehearsal has not is named with its reason, never drawn as empty', () => {
  const requests = contentOf('Requests in 5 minutes', 'metrics');
  expect(requests.series).toEqual([]);
  expect(requests.absent).toContainEqual({
    name: 'Invocations',
    reason: 'as SageMaker publishes it, and does not run here',
  });
  expect(contentOf(/^Runs that failed/, 'metrics').absent.map(({ name }) => name)).toEqual([
    'Failed',
    'NoData',
    'Missed',
  ]);
  expect(contentOf('Anomalies', 'metrics').absent[0].reason).toBe('of an expression that the rehearsal does not know');
  expect(contentOf('What was decided about the monitor', 'absent').reason).toContain('CloudWatch Logs Insights');
  for (const { title, content } of result.dashboards[0].widgets) {
    if (content.kind === 'metrics')
      expect([title, content.series.length + content.absent.length]).not.toEqual([title, 0]);
  }
});

test('the page has each widget once, and leads nowhere', () => {
  const page = renderReport(result, { title: 'Rehearsal' });
  const section = page.split('<h2>Dashboard</h2>')[1].split('</section>')[0];
  for (const { title } of result.dashboards[0].widgets)
    if (title) expect(section.split(`<h4>${title}</h4>`)).toHaveLength(2);
  expect(page).not.toMatch(/\s(src|href)\s*=/i);
  if (process.env.SEEN) writeFileSync(process.env.SEEN, page);
});

/** The app with another function of widgets. */
const otherwise = (type: string, part: string, properties: object) =>
  changed(assembly, (template) => {
    const [id] = idsOf(template, type, part);
    Object.assign(template.Resources[id].Properties, properties);
  });

test('a function that fails breaks the link, and is named', async () => {
  const broken = otherwise('AWS::Lambda::Function', 'WidgetsFunction', { Handler: 'index.nothing' });
  const { expectations, dashboards } = await rehearsed(broken);
  const unmet = expectations.filter(({ met }) => !met);
  expect(unmet.map(({ name }) => name)).toEqual(['dashboard']);
  expect(unmet[0].detail).toContain("'Monitors, and alarms that fire' of");
  expect(dashboards[0].widgets.filter(({ content }) => content.kind === 'failed')).toHaveLength(2);
}, 120_000);

test('a function that may read nothing draws that, as it would in the console', async () => {
  const { dashboards } = await rehearsed(otherwise('AWS::IAM::Role', 'WidgetsFunctionRole', { Policies: [] }));
  const drawn = JSON.stringify(dashboards[0].widgets.filter(({ content }) => content.kind === 'drawn'));
  expect(drawn).toContain('reports cannot be read');
  expect(drawn).toContain('Alarms may not be read by this widget.');
}, 120_000);
