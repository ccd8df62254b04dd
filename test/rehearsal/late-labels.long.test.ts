import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Baseline, Dataset, GroundTruth, ModelProblem, MonitoringEngine } from '../../lib';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { outcomes } from '../../lib/rehearsal/windows';
import { captured, truth } from '../analysis/model-quality/rows';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';
import { labelledAssembly } from './fixtures/labelled-app';

// Labels that come when their window has been told as one without: a day later the reconciler has it judged once more.

afterAll(removeFolders);

const COUNT = 200;

function assembly(): string {
  const folder = newFolder();
  const validation = join(folder, 'validation.csv');
  const lines = Array.from({ length: 1000 }, (_, index) => `${index % 2 ? 0.9 : 0.1},${index % 2}`);
  writeFileSync(validation, `${['score,left', ...lines].join('\n')}\n`);
  const engine = MonitoringEngine.serverless({ limits: { labelCoverage: 0.5 } });
  const add: Parameters<typeof labelledAssembly>[2] = ({ monitoring, bucket }) => {
    monitoring.addModelQualityMonitor('Quality', {
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
      groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
      baseline: Baseline.fromDataset(Dataset.csvFile(validation, { columns: { label: 'left', probability: 'score' } })),
    });
  };
  return labelledAssembly(folder, 'Late', add, { engine });
}

const ids = Array.from({ length: COUNT }, (_, index) => `event-${index}`);

/** Predictions of 01:00 to 02:00, of which every second is 1. */
const predictions = ids
  .map((id, index) => captured({ id, output: index % 2 ? '0.9' : '0.1', time: '2026-01-05T01:30:00Z' }))
  .join('\n');

test('labels that come within a day make one revision, which is told, and whose run the reconciler starts', async () => {
  const cloud = await Cloud.open({ workshop: WARM_WORKSHOP });
  try {
    expect((await cloud.deploy(assembly())).status).toBe('CREATE_COMPLETE');
    const [{ properties }] = cloud.resources({ type: 'AWS::Scheduler::Schedule', name: 'Quality' });
    const { capture, monitor, output } = JSON.parse((properties.Target as { Input: string }).Input);
    const place = `s3://${capture.bucket}/${capture.prefix}/${monitor.endpointName}/live/2026/01/05/01`;
    cloud.put(`${place}/30-00-000-a.jsonl`, `${predictions}\n`);
    const told = () =>
      outcomes(cloud.account.recorder.events).filter(({ windowStart }) => windowStart.startsWith('2026-01-05T01'));
    await cloud.pass({ hours: 4 });
    expect(told().map(({ status, revision }) => [status, revision])).toEqual([['LabelsMissing', 1]]);
    const labels = ids.map((id, index) => truth(id, String(index % 2)));
    cloud.put(`s3://${capture.bucket}/labels/2026/01/05/20/labels.jsonl`, `${labels.join('\n')}\n`);
    await cloud.pass({ hours: 25 });
    expect(told().map(({ status, revision, lateLabels }) => [status, revision, lateLabels])).toEqual([
      ['LabelsMissing', 1, undefined],
      ['Completed', 2, true],
    ]);
    const report = cloud.text(`s3://${output.bucket}/${output.prefix}/2026/01/05/02/report.json`);
    expect((JSON.parse(report ?? '') as ExecutionReport).outcome).toMatchObject({ revision: 2, labelCoverage: 1 });
    expect(cloud.account.recorder.denied).toEqual([]);
  } finally {
    await cloud.close();
  }
});
