import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type Assembly, type FileAsset, readAssembly } from '../../lib/cloud/deployment/assembly';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import { assetFingerprint } from '../../lib/cloud/deployment/fingerprint';
import type { StackOutcome } from '../../lib/cloud/deployment/stack';
import { releasedApps, releasedTemplates } from '../../tools/templates/release';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { APPS } from './apps';
import { furnish, GIVEN, leftovers, POISON, poisoned } from './prop-changes/trial';

// Stacks that the last release deployed get the templates of this tree. The release's templates are kept, its functions are not: where its template
// names code, a stub stands in that answers CloudFormation with success, for the custom resources that the release knows. All that this tree's templates
// name is this tree's own.

const folders: string[] = [];
let cloud: Cloud; // in the account and region that one of the apps names

beforeEach(async () => {
  cloud = await Cloud.open({
    workshop: WARM_WORKSHOP,
    accountId: '111122223333',
    region: 'eu-west-1',
    outsideEndpoints: ['Credit-Risk-Live'],
  });
  furnish(cloud);
  cloud.account.models = ({ body }) => ({ body: body.split('\n').map(score).join('\n') });
});
afterEach(() => cloud.close());
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

/** Stands for the models that baselines of attributions ask: probabilities that differ from row to row. */
const score = (row: string) => (row.length % 10) / 10;

test.each(releasedApps())('the stacks of %s are updated, rolled back, updated again, and deleted', async (name) => {
  const old = released(name);
  const current = withAssetsOf(old, synthesized(name as keyof typeof APPS));
  expect(await statusOf(old)).toBe('CREATE_COMPLETE');
  putTrainingData();
  putAnalysisConfigs();
  for (const stack of current.stacks) {
    const alone = { ...current, stacks: [stack] };
    await refuse(alone);
    const outcome = await cloud.deploy(alone);
    expect([outcome.status, outcome.reason]).toEqual(['UPDATE_COMPLETE', undefined]);
    expect(leftovers(outcome)).toEqual([]);
  }
  for (const stack of [...current.stacks].reverse()) {
    const { status, reason } = await cloud.destroy(stack.name);
    expect([status, reason]).toEqual(['DELETE_COMPLETE', undefined]);
  }
});

/** An update that fails is rolled back to what there was, at once and without leftovers. */
async function refuse(assembly: Assembly): Promise<void> {
  const before = state();
  const refused = await cloud.deploy(poisoned(assembly));
  expect(refused.reason).toContain(POISON);
  expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect([...leftovers(refused), ...slowDeletions(refused)]).toEqual([]);
  expect(state()).toEqual(before);
}

/** What took ten seconds or more to be deleted: its function does not answer. */
function slowDeletions({ events }: StackOutcome): string[] {
  const secondsOf = (index: number) => (Date.parse(events[index].time) - Date.parse(events[index - 1].time)) / 1000;
  return events.flatMap(({ status, logicalId }, index) =>
    status.startsWith('DELETE_') && secondsOf(index) >= 10 ? [`${logicalId} took ${secondsOf(index)} seconds`] : [],
  );
}

async function statusOf(assembly: Assembly): Promise<string> {
  const { status, reason } = await cloud.deploy(assembly);
  return reason === undefined ? status : `${status}: ${reason}`;
}

/** Whatever bucket a baseline reads from, and the one that someone else made. */
function putTrainingData(): void {
  const made = cloud.resources({ type: 'AWS::S3::Bucket' }).map(({ ref }) => ref);
  for (const ref of [...made, 'credit-platform-data']) {
    for (const file of ['statistics', 'constraints'])
      cloud.put(`s3://${ref}/baselines/credit-risk/${file}.json`, GIVEN);
    for (const name of ['captured', 'features', 'labelled']) {
      cloud.put(`s3://${ref}/training/${name}.csv`, `paid,predicted,probability\n${'1,1,0.9\n0,0,0.1\n'.repeat(5)}`);
    }
  }
}

/** What the release's function has written. */
function putAnalysisConfigs(): void {
  for (const { attributes, properties } of cloud.resources({ type: 'Custom::SageMakerMonitoringAnalysisConfig' })) {
    cloud.put(`s3://${properties.Bucket}/${attributes.Key}`, String(properties.Text));
  }
}

/** Of custom resources, all but their ids: a stub does not make those that the release made. */
function state(): unknown[] {
  return cloud.resources().map(({ stackName, logicalId, type, ref, properties }) => {
    return { stackName, logicalId, properties, ...(type.startsWith('Custom::') ? {} : { ref }) };
  });
}

/** A rollback brings the functions of the release back. */
function withAssetsOf(old: Assembly, assembly: Assembly): Assembly {
  return { ...assembly, assets: [...assembly.assets, ...old.assets] };
}

function synthesized(name: keyof typeof APPS): Assembly {
  const outdir = newFolder();
  APPS[name]({ outdir, analyticsReporting: false }).synth();
  return readAssembly(outdir);
}

function released(name: string): Assembly {
  const stub = stubAsset();
  const stacks = Object.entries(releasedTemplates(name)).map(([id, { template, paths }]) => ({
    id,
    name: id,
    template,
    titles: new Map(Object.entries(paths)),
  }));
  const keys = new Set(JSON.stringify(stacks).match(/(?<="S3Key":")[^"]+/g));
  return { stacks, assets: [...keys].map((objectKey) => ({ ...stub, objectKey })) };
}

/** What answers every custom resource with success, with all attributes that the release's templates read. */
const STUB = `export const handler = async (event) => {
  if (!event.ResponseURL) return {};
  if (event.ResourceType === 'Custom::SageMakerMonitoringTurns') throw new Error('a resource that the release does not know');
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = 'stub' } = event;
  const Data = { StatisticsKey: 'given/statistics.json', ConstraintsKey: 'given/constraints.json', Key: event.ResourceProperties.Prefix + '/released/analysis_config.json' };
  const body = JSON.stringify({ Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, PhysicalResourceId, Data });
  await fetch(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
};
`;

function stubAsset(): Omit<FileAsset, 'objectKey'> {
  const folder = newFolder();
  fs.writeFileSync(path.join(folder, 'index.mjs'), STUB);
  return { hash: assetFingerprint(folder), path: folder, packaging: 'zip', bucket: 'assets' };
}

function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'upgrade-'));
  folders.push(folder);
  return folder;
}
