import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { Listener } from './listener';
import { Marks, marksIn } from './marks';
import { analysed, BASELINE, pageOf, toldOn, WINDOW } from './stations';

// Marked predictions and labels that meet by marked identifiers, those that come a day late, and those that nobody can read.

const CONSTRAINTS = `${BASELINE.prefix}/constraints.json`;
const REQUEST: MonitorRequest = {
  ...WINDOW,
  monitor: { ...WINDOW.monitor, kind: 'ModelQuality' },
  baseline: { constraints: { bucket: BASELINE.bucket, key: CONSTRAINTS } },
  labels: { place: { bucket: 'labels', prefix: 'truth' }, startHours: 2, endHours: 1 },
  problem: { type: 'MulticlassClassification', inferenceAttribute: '0' },
  alert: { windows: 1, lastWindows: 1 },
  featureMetrics: [],
};

/** Predictions and labels lie in parts and extracts, and classes in the statistics of a window. */
const MAY_HOLD =
  /\/work\/[^/]+\/(profiles|parts)\/\d+\.json$|^s3:\/\/extracts\/extracts\/_records\/|\/\d\d\/statistics\.json$/;

const heard = new Listener();
let marks: Marks;
beforeEach(() => {
  heard.reset();
  marks = new Marks(20_261_201);
  heard.s3.set(BASELINE.bucket, CONSTRAINTS, {
    version: 0,
    multiclass_classification_constraints: {
      accuracy: { threshold: 0.9, comparison_operator: 'LessThanThreshold' },
    },
  });
});
afterAll(() => heard.restore());

interface Exchange {
  readonly id: string;
  readonly predicted: string;
}

/** Of two classes, whose names are people's. */
function exchanges(count: number): Exchange[] {
  const classes = [marks.name(), marks.name()];
  return Array.from({ length: count }, (_, index) => ({ id: marks.mail(), predicted: classes[index % 2] }));
}

const lines = (items: readonly object[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');

function predicted(all: readonly Exchange[], beside = ''): void {
  const records = all.map(({ id: inferenceId, predicted: data }) => ({
    captureData: { endpointOutput: { data, encoding: 'CSV' } },
    eventMetadata: { eventId: marks.mail(), inferenceId, inferenceTime: '2026-03-04T08:30:00Z' },
  }));
  heard.s3.set('capture', 'data/churn/v/2026/03/04/08/a.jsonl', lines(records) + beside);
}

/** Every third one is wrong. */
function labelled(all: readonly Exchange[], hour: string, beside = ''): void {
  const labels = all.map(({ id: eventId }, index) => ({
    groundTruthData: { data: all[(index + (index % 3 === 0 ? 1 : 0)) % all.length].predicted, encoding: 'CSV' },
    eventMetadata: { eventId },
  }));
  heard.s3.set('labels', `truth/2026/03/04/${hour}/a.jsonl`, lines(labels) + beside);
}

const strange = () => `${marks.mail()}\n{"groundTruthData":{"data":"${marks.mail()}","encoding":"${marks.name()}"}}\n`;

test('a window of predictions and labels is told without a value, beside lines that cannot be read', async () => {
  const all = exchanges(300);
  predicted(all, strange());
  labelled(all, '09', strange());
  await analysed(heard, REQUEST);
  await toldOn(heard);
  expect(heard.details()).toMatchObject([{ status: 'CompletedWithViolations' }]);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  expect(heard.holders().length).toBeGreaterThan(0);
  const page = pageOf(heard, 'out/reports/dq/2026/03/04/10');
  expect(page).toContain('Confusion matrix');
  expect(marksIn(page)).toEqual([]);
});

test('labels that come late make a revision, which is told without a value as well', async () => {
  const all = exchanges(300);
  predicted(all);
  await analysed(heard, REQUEST);
  labelled(all, '11');
  await analysed(heard, { ...REQUEST, lateLabelHours: 24 }, 'e2');
  await toldOn(heard);
  expect(heard.details()).toMatchObject([
    { status: 'Failed', revision: 1, failureReason: expect.stringMatching(/^LabelsMissing: /) },
    { status: 'CompletedWithViolations', revision: 2, lateLabels: true },
  ]);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
});

test('identifiers are in no object at all: they are kept by their hash', async () => {
  const all = exchanges(50);
  predicted(all);
  labelled(all, '09');
  await analysed(heard, REQUEST);
  const made = [...heard.s3.objects].filter(([address]) => !/^(capture|labels)\//.test(address));
  expect(made.filter(([, text]) => /@mail\.example/.test(text)).map(([address]) => address)).toEqual([]);
  expect(made.flatMap(([, text]) => marksIn(text)).length).toBeGreaterThan(0);
});
