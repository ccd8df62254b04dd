import { anchorOf, headings } from '../project/documentation';
import { readText } from '../project/source-files';
import { Fleet } from './simulation/fleet';
import { type AlarmProperties, DAY, nameOf } from './simulation/series';
import { watchedStack } from './simulation/watched-stack';

// What an alarm says and looks at, read from a synthesized stack that has every alarm of the library, beside the runbook and what is published.

const { alarms, schedules } = watchedStack();
/** Those that an app adds by itself say what the app says. */
const OF_APPS = ['Income', 'IncomeSliding', 'MorningByClock', 'Quorum'];
const OWN = Object.entries(alarms).filter(([id]) => !OF_APPS.includes(id));
/** Sections that are of messages, or of a deployment, and of no alarm. */
const WITHOUT_ALARM = ['Drain', 'Failed'];
const SECTIONS = headings(readText('docs/runbook.md'), 2);

const sectionOf = ({ AlarmDescription: words }: AlarmProperties) =>
  /Runbook: https:\/\/\S+\/docs\/runbook\.md#([a-z]+)$/.exec(String(words))?.[1];

test.each(OWN)('the alarm %s says where its section of the runbook is, and there is one', (_, props) => {
  expect(SECTIONS.map(anchorOf)).toContain(sectionOf(props));
});

test('each section is that of an alarm which is made, but for those of messages and deployments', () => {
  const made = new Set(OWN.map(([, props]) => sectionOf(props)));
  expect(SECTIONS.filter((section) => !made.has(anchorOf(section))).sort()).toEqual(WITHOUT_ALARM);
});

/** What no value is for an alarm, as the guide words it. */
const WORDS: { readonly [policy: string]: string } = {
  notBreaching: 'fine',
  breaching: 'silence',
  ignore: 'as it was',
};

const rowOf = (alarm: string) =>
  readText('docs/guides/alarms.md')
    .split('\n')
    .find((line) => line.startsWith(`| ${alarm} |`))
    ?.split('|')[4]
    .trim();

test.each([
  ['Drift', /AlarmsDrift$|^AloneDrift$/],
  ['Health', /Health$/],
  ['Heartbeat', /Heartbeat/],
  ['Undelivered', /Undelivered/],
  ['CaptureDisk', /^CaptureDisk/],
  ['on operations, by default', /^Operations(ModelLatency|ServerErrors|MemoryUtilization)/],
])('what no value is for the alarm %s stands in the guide', (row, ids) => {
  const found = OWN.filter(([id]) => ids.test(id));
  expect(found.length).toBeGreaterThan(0);
  for (const [, { TreatMissingData: policy }] of found)
    expect(rowOf(row)).toMatch(new RegExp(`^${WORDS[String(policy)]}`));
});

describe('of what monitors publish', () => {
  const start = Date.parse('2026-03-02T00:00:00Z');
  const { series } = new Fleet({ alarms, schedules }, { start, end: start + 8 * DAY, endOf: () => 'Drifted' });
  const read = OWN.filter(([, { Namespace }]) => Namespace === 'SageMakerMonitoring');
  const metricOf = ({ Namespace, MetricName, Dimensions }: AlarmProperties) => {
    const dimensions = (Dimensions as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]);
    return {
      namespace: String(Namespace),
      metricName: String(MetricName),
      dimensions: Object.fromEntries(dimensions) as { readonly [name: string]: string },
    };
  };
  const valuesOf = (props: AlarmProperties) => series.values(metricOf(props), new Date(0), new Date(start + 9 * DAY));

  test('there is an alarm for each monitor, each front door, what stands alone, and the watcher', () => {
    expect(read).toHaveLength(2 * 6 + 1);
  });

  test.each(read)(
    'what the alarm %s reads is published by that name, with these dimensions and no other',
    (_, props) => {
      expect(valuesOf(props).length).toBeGreaterThan(0);
    },
  );

  test('all that is published without being asked for has an alarm that reads it', () => {
    const names = new Set(read.map(([, props]) => nameOf(metricOf(props))));
    expect(series.names.filter((name) => !names.has(name) && !name.includes('FeatureDrift'))).toEqual([]);
  });

  test.each(read)(
    'the alarm %s looks as far back as its metric has values, by a statistic that one of them decides',
    (id, props) => {
      const { Statistic, Period, EvaluationPeriods, Threshold } = props;
      const seconds = Number(Period) * Number(EvaluationPeriods);
      const often = (8 * DAY) / 1000 / valuesOf(props).length;
      expect(seconds).toBeGreaterThanOrEqual(id.startsWith('Quarter') ? often : Math.min(often, 7 * 86_400));
      expect([Statistic, Threshold]).toEqual(id.includes('Heartbeat') ? ['Sum', 1] : ['Maximum', 0]);
    },
  );
});
