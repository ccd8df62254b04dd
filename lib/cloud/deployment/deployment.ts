import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Account } from '../account/account';
import type { Assembly, FileAsset } from './assembly';
import type { DeployedResource } from './resource';
import type { Stack, StackOutcome } from './stack';
import { StackOperation } from './stack-operation';
import type { Workshop } from './workshop';

/** Deploys the stacks of an assembly into an account, dependencies first; throws with the resource's name when one cannot be created. */
export async function deploy(assembly: Assembly, account: Account, workshop: Workshop): Promise<DeployedResource[]> {
  const stacks = new Stacks(account, workshop);
  for (const { error } of await stacks.deploy(assembly, { rollback: false })) {
    if (error !== undefined) {
      throw error;
    }
  }
  return stacks.resources();
}

/** The stacks of an account. */
export class Stacks {
  private readonly stacks = new Map<string, Stack>();
  private count = 0;

  public constructor(
    private readonly account: Account,
    private readonly workshop: Workshop,
  ) {}

  /** Resources of all stacks. */
  public resources(): DeployedResource[] {
    return [...this.stacks.values()].flatMap(({ resources }) => [...resources.values()]);
  }

  public get(stackName: string): Stack | undefined {
    return this.stacks.get(stackName);
  }

  /** Creates or updates the stacks of an assembly, dependencies first, up to the first that fails. */
  public async deploy(assembly: Assembly, options: { readonly rollback: boolean }): Promise<StackOutcome[]> {
    publish(assembly.assets, this.account);
    const outcomes: StackOutcome[] = [];
    for (const template of assembly.stacks) {
      const stack = this.stacks.get(template.name) ?? this.newStack(template.name);
      this.stacks.set(template.name, stack);
      const outcome = await this.operation(stack, assembly.assets).deploy(template, options);
      outcomes.push(outcome);
      if (outcome.status === 'ROLLBACK_COMPLETE') {
        this.stacks.delete(template.name); // the next deployment creates it anew
      }
      if (outcome.error !== undefined) {
        break;
      }
    }
    return outcomes;
  }

  /** Deletes one stack. */
  public async destroy(stackName: string): Promise<StackOutcome> {
    const stack = this.stacks.get(stackName) ?? this.newStack(stackName);
    const outcome = await this.operation(stack, []).destroy();
    if (outcome.status === 'DELETE_COMPLETE') {
      this.stacks.delete(stackName);
    }
    return outcome;
  }

  private operation(stack: Stack, assets: readonly FileAsset[]): StackOperation {
    const { account, workshop } = this;
    const stacks = this.stacks;
    const context = {
      account,
      workshop,
      assets,
      stackId: stack.id,
      get deployed() {
        return [...stacks.values()].flatMap(({ resources }) => [...resources.values()]);
      },
    };
    return new StackOperation({ stack, context, stacks: [...stacks.values()] });
  }

  private newStack(name: string): Stack {
    this.count++;
    const digits = createHash('sha256').update(`${name} ${this.count}`).digest('hex');
    const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    const id = this.account.arn('cloudformation', `stack/${name}/${uuid}`);
    return { name, id, resources: new Map(), creations: new Map(), exports: {}, imports: new Set() };
  }
}

/** Puts file assets where templates look for them; folders are run from where they are. */
function publish(assets: readonly FileAsset[], account: Account): void {
  const pseudo: Record<string, string> = { AccountId: account.id, Region: account.region, Partition: 'aws' };
  for (const { bucket, objectKey, path, packaging } of assets) {
    const name = bucket.replace(/\$\{AWS::(\w+)\}/g, (whole, parameter: string) => pseudo[parameter] ?? whole);
    account.objects.createBucket(name, account.id);
    if (packaging === 'file' && !objectKey.endsWith('.json')) {
      account.objects.put({ bucket: name, key: objectKey }, readFileSync(path));
    }
  }
}
