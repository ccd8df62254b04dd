import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { metricNameOf } from '../../../lib/baseline/metric-thresholds';
import { type Assembly, readAssembly } from '../../../lib/cloud/deployment/assembly';
import { Cloud } from '../../../lib/cloud/deployment/cloud';
import type { StackOutcome } from '../../../lib/cloud/deployment/stack';
import { WARM_WORKSHOP } from '../../cloud/fixtures/warm-workshop';
import { OUTSIDE_ENDPOINTS } from './imported-pieces';
import { CHANGES_NOTHING } from './known';
import { publicProps } from './public-props';
import { type Changes, Settings } from './settings';
import type { Shape } from './shapes';

const ENV = { account: '123456789012', region: 'us-east-1' };
const STACK = 'Stack';

/** What the last resource of an update that has to be rolled back is refused with. */
export const POISON = 'no-such-definition';

/** One deployed app, in which one prop after the other changes. */
export class Trial {
  public static async of(shape: Shape): Promise<Trial> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trial-'));
    const cloud = await Cloud.open({
      workshop: WARM_WORKSHOP,
      accountId: ENV.account,
      region: ENV.region,
      outsideEndpoints: OUTSIDE_ENDPOINTS,
    });
    furnish(cloud);
    const trial = new Trial(shape, cloud, folder);
    const { status, reason } = await cloud.deploy(trial.base);
    if (status !== 'CREATE_COMPLETE') throw new Error(`the app itself cannot be deployed: ${status}: ${reason}`);
    return trial;
  }

  private readonly base: Assembly;

  private constructor(
    private readonly shape: Shape,
    private readonly cloud: Cloud,
    private readonly folder: string,
  ) {
    this.base = this.synthesized({});
  }

  /**
   * Updates to the app with changes and rolls back, updates to it, and updates back. Returns what went wrong: [] for changes that a
   * deployed stack can get and lose.
   */
  public async change(changes: Changes): Promise<string[]> {
    const changed = this.synthesized(changes);
    if (JSON.stringify(changed.stacks[0].template) === JSON.stringify(this.base.stacks[0].template)) {
      return [CHANGES_NOTHING];
    }
    const rolledBack = await this.rolledBack(changed);
    if (rolledBack.length > 0) return rolledBack;
    return [...(await this.updated(changed, 'there')), ...(await this.updated(this.base, 'back'))];
  }

  /** Updates to one app after the other. */
  public async sequence(steps: readonly Changes[]): Promise<string[]> {
    const faults: string[] = [];
    for (const [index, changes] of steps.entries()) {
      faults.push(...(await this.updated(this.synthesized(changes), `step ${index}`)));
    }
    return faults;
  }

  /** Deletes the stack. */
  public async delete(): Promise<string[]> {
    const outcome = await this.cloud.destroy(STACK);
    return outcome.status === 'DELETE_COMPLETE' ? [] : [`deletion: ${outcome.status}: ${outcome.reason}`];
  }

  public async close(): Promise<void> {
    await this.cloud.close();
    fs.rmSync(this.folder, { recursive: true });
  }

  private synthesized(changes: Changes): Assembly {
    const app = new App({ outdir: this.folder, analyticsReporting: false });
    const stack = new Stack(app, STACK, { env: ENV });
    const settings = new Settings(stack, changes);
    this.shape.build(stack, settings);
    const unused = Object.keys(changes).filter((name) => !settings.used.has(name));
    if (unused.length > 0) throw new Error(`the app does not use ${unused.join(', ')}`);
    app.synth();
    return readAssembly(this.folder);
  }

  /** An update whose last resource is refused leaves everything as it was. */
  private async rolledBack(changed: Assembly): Promise<string[]> {
    const before = this.state();
    const { status, reason = '' } = await this.cloud.deploy(poisoned(changed));
    if (!reason.includes(POISON)) return [`update: ${reason}`];
    if (status !== 'UPDATE_ROLLBACK_COMPLETE') return [`rollback: ${status}: ${reason}`];
    return this.state() === before ? [] : ['rollback: resources are not as they were'];
  }

  private async updated(assembly: Assembly, way: string): Promise<string[]> {
    const outcome = await this.cloud.deploy(assembly);
    if (outcome.status !== 'UPDATE_COMPLETE') return [`update ${way}: ${outcome.reason}`];
    return leftovers(outcome).map((leftover) => `update ${way}: ${leftover}`);
  }

  private state(): string {
    const resources = this.cloud.resources().map(({ logicalId, ref, properties }) => [logicalId, ref, properties]);
    return JSON.stringify(resources.sort());
  }
}

/** What an update could not delete: CloudFormation forgets it, and it stays in the account. */
export function leftovers({ events }: StackOutcome): string[] {
  return events
    .filter(({ status }) => status === 'DELETE_FAILED')
    .map(({ logicalId, reason }) => `${logicalId} cannot be deleted: ${reason}`);
}

/** The assembly with one more resource, after all others, that is refused. */
export function poisoned(assembly: Assembly): Assembly {
  const [stack] = assembly.stacks;
  const resources = stack.template.Resources as Readonly<Record<string, object>>;
  const config = {
    MonitoringType: 'DataQuality',
    MonitoringJobDefinitionName: POISON,
    ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
  };
  const Poison = {
    Type: 'AWS::SageMaker::MonitoringSchedule',
    Properties: { MonitoringScheduleName: 'refused', MonitoringScheduleConfig: config },
    DependsOn: Object.keys(resources),
  };
  return { ...assembly, stacks: [{ ...stack, template: { ...stack.template, Resources: { ...resources, Poison } } }] };
}

/** Puts into the account what the apps read: data sets, files of baselines, a registered model; and says how jobs go. */
export function furnish(cloud: Cloud): void {
  cloud.put('s3://credit-data/given/analysis.json', ATTRIBUTIONS);
  cloud.put('s3://credit-data/given/quality.json', QUALITY);
  for (const bucket of ['credit-data', 'other-data']) {
    for (const name of ['labelled', 'captured']) {
      cloud.put(`s3://${bucket}/training/${name}.csv`, `paid,predicted,probability\n${'1,1,0.9\n0,0,0.1\n'.repeat(5)}`);
    }
    for (const name of ['statistics', 'constraints']) {
      for (const folder of ['given', 'other']) cloud.put(`s3://${bucket}/${folder}/${name}.json`, GIVEN);
    }
  }
  cloud.put(
    's3://credit-data/training/vectors.jsonl',
    '{"paid":1,"vector":null}\n{"paid":0,"vector":null}\n'.repeat(5),
  );
  cloud.put('s3://credit-data/scripts/script.py', 'def preprocess_handler(record): return record');
  const at = (name: string) => ({ ContentType: 'application/json', S3Uri: `s3://credit-data/given/${name}.json` });
  const baselines = { Statistics: at('statistics'), Constraints: at('constraints') };
  cloud.account.sageMaker.inventory.modelPackages.set(
    'arn:aws:sagemaker:us-east-1:123456789012:model-package/credit/3',
    {
      DriftCheckBaselines: { ModelDataQuality: baselines },
    },
  );
  cloud.jobs.script(({ request }) => ({ status: 'Completed', files: filesOf(JSON.stringify(request)) }));
}

const EMPTY = '{"version":0,"features":[]}';

/** Constraints of the quality of a binary classification. */
const QUALITY = JSON.stringify({
  version: 0,
  binary_classification_constraints: { accuracy: { threshold: 0.5, comparison_operator: 'LessThanThreshold' } },
});

/** Statistics and constraints alike. */
/** Either file of a baseline that nothing is wrong with. */
export const GIVEN = JSON.stringify({
  version: 0,
  dataset: { item_count: 1 },
  features: [{ name: 'speed_knots', inferred_type: 'Unknown' }],
});

/** Attributions that somebody gives. */
const ATTRIBUTIONS = JSON.stringify({
  version: '1.0',
  explanations: { kernel_shap: { label0: { global_shap_values: { amount: 2, term: 1 } } } },
});

/** What a baseline's job writes: Clarify's, or the analyzer's. */
function filesOf(request: string): Record<string, string> {
  if (request.includes('analysis_result')) return { 'analysis_result/analysis.json': '{"version":"1.0"}' };
  const features = [{ name: 'speed_knots', inferred_type: 'Fractional', completeness: 1 }];
  const constraints = request.includes('MODEL_QUALITY') ? qualityConstraints() : { version: 0, features };
  return {
    'monitoring_output/statistics.json': EMPTY,
    'monitoring_output/constraints.json': JSON.stringify(constraints),
  };
}

/** Of whatever problem, with every metric that has a threshold. */
function qualityConstraints(): object {
  const [owner, operator] = ['MetricThresholds.', 'LessThanThreshold'];
  const props = publicProps().filter((prop) => prop.startsWith(owner));
  const entries = props.map((prop) => [
    metricNameOf(prop.slice(owner.length)),
    { threshold: 0.5, comparison_operator: operator },
  ]);
  return { version: 0, binary_classification_constraints: Object.fromEntries(entries) };
}
