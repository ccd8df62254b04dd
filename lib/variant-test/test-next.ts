import type { TestEndedDetail, TestSettings } from './contract';

/** What of a test's settings says how people go on. */
export type NextSettings = Pick<TestSettings, 'shadow' | 'keepsWeights' | 'hasUnits'>;

/** How people go on after the end of a test: the lines of its message. */
export function nextSteps(detail: TestEndedDetail, { shadow, keepsWeights, hasUnits }: NextSettings): string[] {
  if (shadow) return shadowSteps(detail, shadow.isScaled);
  if (hasUnits) return pinningSteps(detail);
  return [traffic(detail, keepsWeights), ...weightSteps(detail, keepsWeights)];
}

function traffic({ traffic: became, candidate }: TestEndedDetail, keepsWeights?: true): string {
  if (became === 'AsItWas') return 'Nothing was changed.';
  if (became === 'NotYet')
    return `${candidate} still gets requests: the endpoint is not in service. It is tried again; if that fails too, the alarm Undelivered tells.`;
  const later = keepsWeights
    ? `Updates of the endpoint keep that: take ${candidate} out of the app with the next one.`
    : `The next update of the endpoint gives the weights of the code: take ${candidate} out of it, or set its initialVariantWeight to 0.`;
  return `${candidate} gets no more requests. ${later}`;
}

/** Weights do not change what callers pin. */
function pinningSteps({ outcome, reference, candidate }: TestEndedDetail): string[] {
  const nothing =
    'Nothing was changed: callers keep units with a variant by TargetVariant, which weights do not change.';
  if (outcome === 'Better')
    return [nothing, `To step up, let them name ${candidate} for more units, and then for all.`];
  return outcome === 'Worse' ? [nothing, `Let them name ${reference} for all units.`] : [nothing];
}

/** More requests for one that is better, none for one that is worse and still has some. */
function weightSteps(
  { outcome, traffic, endpointName, reference, candidate }: TestEndedDetail,
  keepsWeights?: true,
): string[] {
  if (endpointName === undefined) return [];
  const command = (weights: readonly (readonly [string, number])[]) =>
    `aws sagemaker update-endpoint-weights-and-capacities --endpoint-name ${endpointName} --desired-weights-and-capacities ${weights.map(([name, weight]) => `VariantName=${name},DesiredWeight=${weight}`).join(' ')}`;
  if (outcome === 'Better') {
    const half = [[candidate, 1] as const, [reference, 1] as const];
    const all = [[candidate, 1] as const, [reference, 0] as const];
    const later = keepsWeights
      ? 'Updates of the endpoint keep the weights.'
      : 'The next update of the endpoint gives the weights of the code: change them there as well.';
    const words = `To step up, half of the requests for each of the two, and then all for ${candidate}:`;
    return [words, command(half), command(all), later];
  }
  if (outcome !== 'Worse' || traffic === 'TakenBack') return [];
  const back = [[reference, 1] as const, [candidate, 0] as const];
  return [`To give all requests to ${reference}:`, command(back)];
}

/** A shadow answers nobody: it is promoted, or goes, by a change of the app. */
function shadowSteps({ outcome, reference, candidate }: TestEndedDetail, isScaled?: boolean): string[] {
  const unscaled = {
    true: [`Take 'scaling' of ${candidate} away, and deploy: an update that takes a scaled variant out fails.`],
    false: [],
    undefined: [
      `Where ${candidate} is scaled, take that away, and deploy: an update that takes a scaled variant out fails.`,
    ],
  }[`${isScaled}`];
  const gone = `Take the shadow variant ${candidate} and this test out of the app, and deploy.`;
  if (outcome === 'Worse' || outcome === 'Undecided')
    return [`Nobody was answered by ${candidate}. To end it:`, ...numbered([...unscaled, gone])];
  const promoted = [
    `Let ${candidate} be sent all requests for a while, where it is sent fewer, and look at its latency and errors.`,
    ...unscaled,
    `In one change give ${reference} the model of ${candidate}, and keep its name; take the shadow variant and this test out; make the baseline of the monitors that of the new model. Deploy.`,
  ];
  return [`Nobody was answered by ${candidate}. To promote it, in this order:`, ...numbered(promoted)];
}

const numbered = (steps: readonly string[]) => steps.map((step, index) => `${index + 1}. ${step}`);
