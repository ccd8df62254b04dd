import { Lazy, Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import { bucketLocation } from '../../core/bucket-location';
import type { PrefixLocation } from '../../core/contract';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../../core/s3-grants';
import { ValidationError } from '../../core/validation-error';
import { EngineMonitor } from '../../monitor/engine-monitor';
import { stackNameOf } from '../../outcome/monitor-id';
import type { AnalysisMachine } from './analysis-machine';
import { samplesBucketOf } from './extracts-place';

/** By stack, and by the name of the endpoint. */
const LEDGERS = new WeakMap<Stack, Map<string, PrefixLocation>>();

/** Monitors whose runs leave own calls out. */
const INFORMED = new WeakSet<IConstruct>();

/** Whose calls are noted. */
interface CallingMonitor {
  readonly monitorId: string;
  readonly endpointName: string;
  readonly machine: AnalysisMachine;
  /** that of the stack where absent */
  readonly extractsBucket?: IBucket;
}

/**
 * Where runs note the calls that they make to an endpoint which is monitored: with extracts, where nobody but this stack's functions writes. Lets *explain* write
 * notes, and *profile* read them. Synthesis fails where a monitor of the endpoint would take calls for traffic.
 *
 * @internal
 */
export function keepOwnCallLedger(
  scope: Construct,
  { monitorId, endpointName, machine, extractsBucket }: CallingMonitor,
): PrefixLocation {
  const root = `own-calls/${stackNameOf(monitorId)}`;
  const bucket = samplesBucketOf(scope, `samples/${stackNameOf(monitorId)}`, extractsBucket);
  grantPutObjects(machine.explain, bucket, `${root}/*`);
  grantGetObjects(machine.profile, bucket, `${root}/*`);
  grantListPrefixes(machine.profile, bucket, `${root}/*`);
  scope.node.addValidation({ validate: () => uninformedReaders(scope, endpointName) });
  const stack = Stack.of(scope);
  const ofStack = LEDGERS.get(stack) ?? new Map<string, PrefixLocation>();
  LEDGERS.set(stack, ofStack);
  const name = nameIn(stack, endpointName);
  const ledger = ofStack.get(name) ?? { ...bucketLocation(scope, bucket), prefix: `${root}/${endpointName}` };
  ofStack.set(name, ledger);
  return ledger;
}

/**
 * The ledger of an endpoint for the requests of a monitor of it; none where no monitor of the stack asks the endpoint, which is known once all are made.
 *
 * @internal
 */
export function ownCallLedger(scope: Construct, endpointName: string): PrefixLocation {
  INFORMED.add(scope);
  const stack = Stack.of(scope);
  const produce = () => LEDGERS.get(stack)?.get(nameIn(stack, endpointName));
  return Lazy.any({ produce }) as unknown as PrefixLocation;
}

const nameIn = (stack: Stack, endpointName: string): string => JSON.stringify(stack.resolve(endpointName));

/** Monitors of the endpoint that take calls for traffic: those of another stack, and of another engine. */
function uninformedReaders(scope: Construct, endpointName: string): string[] {
  const stack = Stack.of(scope);
  const isSame = (other: EngineMonitor) =>
    other.endpointName === endpointName ||
    (Stack.of(other) === stack && nameIn(stack, other.endpointName ?? '') === nameIn(stack, endpointName));
  const others = scope.node.root.node.findAll().filter((each): each is EngineMonitor => each instanceof EngineMonitor);
  const uninformed = others.filter((other) => isSame(other) && !(INFORMED.has(other) && Stack.of(other) === stack));
  return uninformed.map((other) => {
    const problem = {
      prop: 'analysis.predictor',
      got: `the monitored endpoint, which ${other.node.path} monitors as well`,
      allowed:
        'monitors of the endpoint in one stack, on MonitoringEngine.serverless(): others take its calls for traffic',
      advice: 'move that monitor, or take Predictor.fromModel(model)',
    };
    return new ValidationError('UnsupportedOnServerless', [problem], scope).message;
  });
}
