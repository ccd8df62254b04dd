import { readFileSync } from 'node:fs';
import { type IMonitoringEngine, MonitoringEngine } from '../../lib';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import { jobScript } from '../../lib/rehearsal/containers/jobs';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { allFourMonitors, batchTransform } from '../project/apps';
import { temporaryFolder } from '../project/synthesis';
import { removeFolders } from '../rehearsal/fixtures/app';
import { creditRiskObjects, nightlyScoresObjects } from '../rehearsal/fixtures/credit-risk';

// The examples with all four monitors, of an endpoint and of transform jobs, deployed on the stand-in with their datasets, whose engine changes there and back.

const ENGINES = { 'serverless()': MonitoringEngine.serverless, 'modelMonitor()': MonitoringEngine.modelMonitor };
type EngineName = keyof typeof ENGINES;

const APPS = {
  'an endpoint': { app: allFourMonitors, objects: creditRiskObjects },
  'transform jobs': { app: batchTransform, objects: nightlyScoresObjects },
};
type AppName = keyof typeof APPS;

const assemblyOf = (name: AppName, engine: () => IMonitoringEngine) =>
  APPS[name].app({ outdir: temporaryFolder() }, engine()).synth().directory;

let cloud: Cloud;
beforeEach(async () => {
  cloud = await Cloud.open({ workshop: WARM_WORKSHOP });
  cloud.jobs.script(jobScript);
  const score = (line: string) => 1 / (1 + Number(line.split(',')[0]) / 5000);
  cloud.account.models = ({ body }) => ({ body: body.split('\n').map(score).join('\n') });
});

afterEach(async () => {
  expect(cloud.account.recorder.denied).toEqual([]);
  await cloud.close();
});
afterAll(removeFolders);

/** Between two runs. */
async function deployed(name: AppName, engine: EngineName): Promise<string> {
  await cloud.pass({ minutes: (100 - cloud.now.getUTCMinutes()) % 60 });
  const { status, reason } = await cloud.deploy(assemblyOf(name, ENGINES[engine]));
  return reason === undefined ? status : `${status}: ${reason}`;
}

const count = (type: string, name?: string) => cloud.resources({ type, name }).length;

describe.each(Object.keys(APPS) as AppName[])('monitors of %s', (name) => {
  test.each([
    ['serverless()', 'modelMonitor()'],
    ['modelMonitor()', 'serverless()'],
  ] as const)('from %s to %s and back: each has one schedule and each its alarm', async (first, second) => {
    for (const { key, file } of APPS[name].objects()) cloud.account.bucketContents.set(key, readFileSync(file));
    expect(await deployed(name, first)).toBe('CREATE_COMPLETE');
    for (const engine of [second, first]) {
      expect(await deployed(name, engine)).toBe('UPDATE_COMPLETE');
      const schedules = [
        count('AWS::Scheduler::Schedule', 'ServerlessSchedule'),
        count('AWS::SageMaker::MonitoringSchedule'),
      ];
      expect(schedules).toEqual(engine === 'serverless()' ? [4, 0] : [0, 4]);
      expect(count('AWS::CloudWatch::Alarm')).toBe(4 + 3);
    }
  });
});
