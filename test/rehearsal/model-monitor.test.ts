import { rehearse } from '../../lib/rehearsal/rehearsal';
import { renderReport } from '../../lib/rehearsal/report';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { changed, idsOf, newFolder, removeFolders, type Template } from './fixtures/app';
import { creditRiskObjects, loanHours, synthesizeCreditRisk } from './fixtures/credit-risk';

// The example with all four monitors on Model Monitor: data quality is rehearsed, by this library's analyzer in place of the container;
// of the other three, the deployment is, with what can be computed of their baselines.

let assembly: string;

beforeAll(() => {
  assembly = synthesizeCreditRisk();
});

afterAll(removeFolders);

interface Settings {
  readonly drift?: boolean;
  readonly objects?: ReturnType<typeof creditRiskObjects>;
}

function rehearsed(directory: string, { drift = true, objects = creditRiskObjects() }: Settings = {}) {
  const traffic = loanHours(false, drift, drift); // what the container finds counts when a second window has it
  return rehearse({
    assembly: directory,
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: drift,
    traffic,
    objects,
  });
}

const failed = ({ expectations }: RehearsalResult) => expectations.filter(({ met }) => !met);

describe('an app on Model Monitor', () => {
  test('is rehearsed from the baseline to the retraining, and says who did the work of the containers', async () => {
    const result = await rehearsed(assembly);
    expect(failed(result)).toEqual([]);
    expect(result.succeeded).toBe(true);
    expect(result.timeline.filter(({ problem }) => problem)).toEqual([]);
    const outcomes = result.windows.map(({ outcome: { engine, status } }) => `${engine} ${status}`);
    expect(outcomes.slice(0, 3)).toEqual([
      'model-monitor Completed',
      'model-monitor Watch',
      'model-monitor CompletedWithViolations',
    ]);
    const found = result.windows[2].violations.map(({ feature_name, constraint_check_type: check }) => [
      feature_name,
      check,
    ]);
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        ['probability', 'baseline_drift_check'],
        ['purpose', 'baseline_drift_check'],
        ['purpose', 'categorical_values_check'],
      ]),
    );
    expect(result.windows[1].outcome).toMatchObject({ violationCount: 0, watchedCount: 3 });
    expect(result.windows[2].outcome).toMatchObject({ violationCount: 3, watchedCount: 0 });
    const done = result.timeline.filter(({ title }) =>
      title.endsWith("its container's work is done by this library's analyzer"),
    );
    expect(done.length).toBeGreaterThanOrEqual(6); // three baselines, three windows
    const page = renderReport(result, { title: 'Credit risk' });
    expect(page).toContain('their work was done by this library&#39;s analyzer');
    expect(page).toContain('not rehearsed');
  });

  test('names the monitors that are not rehearsed, each with the reason', async () => {
    const { unseen } = await rehearsed(assembly, { drift: false });
    expect(unseen).toEqual([
      { name: 'Monitoring/ModelQuality', why: 'not rehearsed', detail: expect.stringContaining('labels') },
      { name: 'Monitoring/Bias', why: 'not rehearsed', detail: expect.stringContaining('labels') },
      { name: 'Monitoring/Explainability', why: 'not rehearsed', detail: expect.stringContaining('asks the model') },
    ]);
  });

  test('is quiet without drift', async () => {
    const result = await rehearsed(assembly, { drift: false });
    expect(failed(result)).toEqual([]);
    expect(result.messages).toEqual([]);
  });

  test('fails the deployment, and says how to give it, where a dataset is not there', async () => {
    const [captured] = creditRiskObjects();
    const result = await rehearsed(assembly, { objects: [captured] });
    expect(result.expectations.at(-1)).toMatchObject({
      name: 'deployment',
      detail: expect.stringContaining('--object training/labelled.csv=<file>'),
    });
  });
});

function only(template: Template, type: string, part: string) {
  const [id, ...others] = idsOf(template, type, part);
  expect([id, others]).toEqual([expect.any(String), []]);
  return template.Resources[id].Properties;
}

interface Policy {
  readonly PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] };
}

/** Removes from a role's policy the resources that say something, and with them statements that have no other. */
function withoutResource(template: Template, role: string, words: string): void {
  for (const { PolicyDocument } of only(template, 'AWS::IAM::Role', role).Policies as Policy[]) {
    const before = JSON.stringify(PolicyDocument);
    PolicyDocument.Statement = PolicyDocument.Statement.flatMap(({ Resource, ...statement }) => {
      const left = [Resource].flat().filter((resource) => !JSON.stringify(resource).includes(words));
      return left.length === 0 ? [] : [{ ...statement, Resource: left }];
    });
    expect(JSON.stringify(PolicyDocument)).not.toBe(before);
  }
}

/** Removes the statement of a role that allows an action. */
function withoutAction(template: Template, role: string, action: string): void {
  for (const { PolicyDocument } of only(template, 'AWS::IAM::Role', role).Policies as Policy[]) {
    const kept = PolicyDocument.Statement.filter(({ Action }) => !JSON.stringify(Action).includes(action));
    expect(kept).toHaveLength(PolicyDocument.Statement.length - 1);
    PolicyDocument.Statement = kept;
  }
}

test.each<[string, (template: Template) => void]>([
  [
    'monitoring schedule',
    (t) => {
      const schedule = only(t, 'AWS::SageMaker::MonitoringSchedule', 'DataQuality');
      const config = schedule.MonitoringScheduleConfig as { ScheduleConfig: object };
      config.ScheduleConfig = { ScheduleExpression: 'cron(0 23 ? * * *)' };
    },
  ],
  ['execution', (t) => withoutResource(t, 'DataQualityRole', '"/captured/"')],
  ['reconciler', (t) => withoutAction(t, 'ReconcileRole', 'ListMonitoringExecutions')],
  [
    'reconciler',
    (t) => {
      only(t, 'AWS::Scheduler::Schedule', 'Reconciler').State = 'DISABLED';
    },
  ],
  [
    'digest',
    (t) => {
      for (const id of idsOf(t, 'AWS::Lambda::Permission', 'Digest')) delete t.Resources[id];
    },
  ],
  [
    'rule',
    (t) => {
      only(t, 'AWS::Events::Rule', 'RetrainingRule').State = 'DISABLED';
    },
  ],
])('fails and names the %s when the template lacks it (%#)', async (name, change) => {
  const result = await rehearsed(changed(assembly, change));
  expect(failed(result)[0]?.name).toBe(name);
});
