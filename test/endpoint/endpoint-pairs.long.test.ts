import { App, Aspects, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AwsSolutionsChecks as Version2 } from 'cdk-nag-2';
import { CapacitySize } from '../../lib/endpoint/capacity-size';
import type { EndpointProps } from '../../lib/endpoint/endpoint';
import { Rollout } from '../../lib/endpoint/rollout';
import type { ModelQualityMonitor } from '../../lib/monitor/model-quality-monitor';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { AbTest } from '../../lib/variant-test/ab-test';
import { ShadowTest } from '../../lib/variant-test/shadow-test';
import { coverOfPairs } from '../project/pairwise';
import { temporaryFolder } from '../project/synthesis';
import { STRICT } from '../project/validated';
import { monitorOf } from '../variant-test/fixtures';
import { Pieces, SCALING } from './endpoint-pieces';
import { ENV } from './fixtures';

// What endpoints are made of, and which two of it go together: every combination is tried, and of those that are taken, a cover of all pairs is synthesized.

const DIMENSIONS = {
  kind: ['instances', 'two variants', 'shadow', 'serverless', 'asynchronous'],
  capture: ['no capture', 'capture'],
  rollout: ['no rollout', 'allAtOnce', 'canary', 'linear', 'rolling'],
  scaling: ['no scaling', 'scaling'],
  tested: ['no test', 'test'],
} as const;

type Dimension = keyof typeof DIMENSIONS;
type Combination = { readonly [dimension in Dimension]: (typeof DIMENSIONS)[dimension][number] };

/** The pairs that are refused; serverless variants have no prop to scale by, and one variant alone has no test. */
const REFUSED_PAIRS: readonly (readonly [string, string])[] = [
  ['serverless', 'capture'],
  ['serverless', 'rolling'],
  ['two variants', 'rolling'],
  ['asynchronous', 'scaling'],
  ['test', 'no capture'],
];

/** What tests the variants of a kind, by labels. */
const TESTS: { readonly [kind: string]: ((p: Pieces, monitor: ModelQualityMonitor) => void) | undefined } = {
  'two variants': ({ stack }, monitor) =>
    new AbTest(stack, 'Test', {
      monitor,
      reference: 'live',
      candidate: 'other',
      leastEffect: 0.02,
      backToReference: true,
    }),
  shadow: ({ stack }, monitor) =>
    new ShadowTest(stack, 'Test', { monitor, reference: 'live', candidate: 'candidate', leastEffect: 0.02 }),
};

function make(p: Pieces, combination: Combination): void {
  const endpoint = p.endpoint(propsOf(p, combination));
  if (combination.tested === 'no test') return;
  const variants = combination.kind === 'shadow' ? ['live', 'candidate'] : undefined;
  TESTS[combination.kind]?.(p, monitorOf(p.stack, MonitoredData.endpoint(endpoint, { variants, perVariant: true })));
}

const COMBINATIONS: Combination[] = DIMENSIONS.kind.flatMap((kind) =>
  DIMENSIONS.capture.flatMap((capture) =>
    DIMENSIONS.rollout.flatMap((rollout) =>
      DIMENSIONS.scaling
        .filter((scaling) => kind !== 'serverless' || scaling === 'no scaling')
        .flatMap((scaling) =>
          DIMENSIONS.tested
            .filter((tested) => tested === 'no test' || kind in TESTS)
            .map((tested) => ({ kind, capture, rollout, scaling, tested })),
        ),
    ),
  ),
);

const TEN = CapacitySize.percent(10);
const ROLLOUTS: { readonly [name in Combination['rollout']]: () => Rollout | undefined } = {
  'no rollout': () => undefined,
  allAtOnce: () => Rollout.allAtOnce(),
  canary: () => Rollout.canary(TEN),
  linear: () => Rollout.linear(TEN),
  rolling: () => Rollout.rolling(TEN),
};

function propsOf(p: Pieces, { kind, capture, rollout, scaling }: Combination): EndpointProps {
  const scaled = scaling === 'scaling' ? SCALING : undefined;
  const live = () => p.onInstances('live', 'ml.m5.large', scaled);
  const kinds: { readonly [name in Combination['kind']]: () => EndpointProps } = {
    instances: () => ({ variants: [live()] }),
    'two variants': () => ({ variants: [live(), p.onInstances('other', 'ml.m5.large', scaled)] }),
    shadow: () => ({ variants: [live()], shadowVariant: p.shadow(1, 'ml.m5.large', scaled) }),
    serverless: () => ({ variants: [p.serverless()] }),
    asynchronous: () => ({ variants: [live()], asyncInference: p.asynchronous() }),
  };
  const dataCapture = capture === 'capture' ? p.capture() : undefined;
  return { ...kinds[kind](), endpointName: 'churn', rollout: ROLLOUTS[rollout](), dataCapture };
}

const valuesOf = (combination: Combination): string[] => Object.values(combination);
const isRefused = (combination: Combination) =>
  REFUSED_PAIRS.some((pair) => pair.every((value) => valuesOf(combination).includes(value)));

function isTaken(combination: Combination): boolean {
  const p = new Pieces();
  try {
    make(p, combination);
    return true;
  } catch (error) {
    expect((error as Error).message).toMatch(/InvalidEndpoint|MissingDataCapture|InvalidMonitoredData/);
    return false;
  }
}

const TAKEN = COMBINATIONS.filter((combination) => !isRefused(combination));

test('a combination is refused where two of its parts do not go together, and nowhere else', () => {
  expect(COMBINATIONS.filter(isTaken)).toEqual(TAKEN);
});

describe('a cover of all pairs', () => {
  const chosen = coverOfPairs(TAKEN);
  const app = () => {
    const made = new App({ context: STRICT, outdir: temporaryFolder() });
    chosen.forEach((combination, index) => {
      const p = new Pieces(new Stack(made, `Stack${index}`, { env: ENV }));
      make(p, combination);
    });
    return made;
  };

  test('is smaller than all of them', () => {
    expect(chosen.length).toBeLessThan(TAKEN.length / 2);
  });

  test('passes the rules of CloudFormation, warnings included', () => {
    const made = app();
    Validations.of(made).addPlugins(new CloudFormationValidatePlugin());
    expect(() => made.synth()).not.toThrow();
  });

  test('has nothing that cdk-nag finds, in either version', () => {
    const made = app();
    const found: string[] = [];
    const ignore = () => undefined;
    const logger = {
      ...{ onCompliance: ignore, onSuppressed: ignore, onSuppressedError: ignore },
      ...{ onNotApplicable: ignore, onError: ignore },
      onNonCompliance: ({
        ruleId,
        resource,
      }: {
        readonly ruleId: string;
        readonly resource: { node: { path: string } };
      }) => found.push(`${resource.node.path} ${ruleId}`),
    };
    Aspects.of(made).add(new Version2({ reports: false, additionalLoggers: [logger] }));
    made.synth();
    const { violations } = new AwsSolutionsChecks(made).validateScope(made);
    expect([...violations.map(({ ruleName }) => ruleName), ...found]).toEqual([]);
  });
});
