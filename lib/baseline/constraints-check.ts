import { CustomResource, Lazy, Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, Dependable, type IConstruct, type IDependable } from 'constructs';
import { bucketLocation } from '../core/bucket-location';
import { grantGetObjects } from '../core/s3-grants';
import { stackSingleton } from '../core/stack-singleton';
import type { MonitorKind } from '../kind/monitor-kind';
import { baselineHandler } from './baseline-handler';
import { CONSTRAINTS_CHECK_TYPE, type FileRigour, type GivenConstraints } from './contract';

/** A file of constraints, and the kind of monitor that is given it. */
export interface CheckedFile {
  readonly kind: MonitorKind;
  readonly rigour?: FileRigour;
  readonly bucket: IBucket;
  readonly key: string;
}

interface CheckedMonitor extends CheckedFile {
  readonly scope: Construct;
}

/**
 * Judges at deployment, where they lie, the constraints that a stack's monitors are given: one custom resource for all of them, since one for each monitor would
 * take a tenth of what a stack may have. It makes nothing, and nothing refers to what it answers.
 *
 * It waits for what the monitors wait for, as the upload of their files. (No monitor on Model Monitor can wait for another one: their schedules wait for what
 * knows all definitions of the stack.)
 *
 * @internal
 */
export class ConstraintsCheck extends Construct {
  /** The check of a stack, made when it is first asked for. */
  public static of(scope: Construct): ConstraintsCheck {
    return stackSingleton(scope, 'Constraints', (stack, id) => new ConstraintsCheck(stack, id));
  }

  private readonly resource: CustomResource;
  private readonly monitors: CheckedMonitor[] = [];

  private constructor(stack: Stack, id: string) {
    super(stack, id);
    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: baselineHandler(stack).functionArn,
      resourceType: CONSTRAINTS_CHECK_TYPE,
      properties: { Files: Lazy.any({ produce: () => this.inOrder().map(asGiven) }) },
    });
    this.resource.node.addDependency(this.awaited());
  }

  /** Judges the file of this monitor, too; returns what has to be there before the file can be relied on. */
  public add(scope: Construct, file: CheckedFile): IDependable {
    this.monitors.push({ scope, ...file });
    grantGetObjects(baselineHandler(scope), file.bucket, file.key);
    return this.resource;
  }

  /** What monitors wait for is known at the end alone. */
  private awaited(): IDependable {
    const { monitors } = this;
    const dependable: IDependable = {};
    Dependable.implement(dependable, {
      get dependencyRoots() {
        return monitors.flatMap(({ scope }) => awaitedBy(scope));
      },
    });
    return dependable;
  }

  /** In the order of their paths: the order in which an app makes its monitors is no change. */
  private inOrder(): CheckedMonitor[] {
    return [...this.monitors].sort((one, other) => (one.scope.node.path < other.scope.node.path ? -1 : 1));
  }
}

/** What a construct waits for by itself, or by what it is in. */
function awaitedBy(scope: Construct): IConstruct[] {
  const within = scope.node.scopes.slice(scope.node.scopes.indexOf(Stack.of(scope)) + 1);
  return within.flatMap(({ node }) => node.dependencies);
}

function asGiven({ scope, kind, rigour, bucket, key }: CheckedMonitor): GivenConstraints {
  const { bucket: Bucket, bucketOwner: BucketOwner } = bucketLocation(scope, bucket);
  return { Monitor: scope.node.path, Kind: kind, Rigour: rigour, Bucket, BucketOwner, Key: key };
}
