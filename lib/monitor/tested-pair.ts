import { Lazy, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { ComparedPair, ComparisonSettings, RequestUnitSettings } from './contract';

/** What the windows of a monitor are added up for: known when the app is synthesized, as a test is made after its monitor. */
interface Tested {
  readonly variants: readonly string[];
  readonly compared?: ComparisonSettings;
  asked?: ComparisonSettings;
  unit?: RequestUnitSettings;
}

/** By the construct of the monitor, of those whose engine adds windows up. */
const TESTED = new WeakMap<IConstruct, Tested>();

/**
 * The pair that a monitor compares, with the test that it is given later; for engines that add windows up.
 *
 * @param variants those that are judged apart
 * @param compared the pair that is compared in any case
 * @internal
 */
export function testedPair(
  monitor: IConstruct,
  variants: readonly string[],
  compared?: ComparisonSettings,
): ComparisonSettings | undefined {
  const tested: Tested = { variants, compared };
  TESTED.set(monitor, tested);
  return Lazy.any({ produce: () => tested.asked ?? compared }) as unknown as ComparisonSettings;
}

/**
 * What the requests of a monitor are of that depend on each other, as the test says that it is given later; after `testedPair`.
 *
 * @internal
 */
export function testedUnit(monitor: IConstruct): RequestUnitSettings | undefined {
  return Lazy.any({ produce: () => TESTED.get(monitor)?.unit }) as unknown as RequestUnitSettings;
}

/** A test, as a monitor has to know it. */
export interface AskedTest extends Required<Omit<ComparisonSettings, 'metric'>> {
  readonly unit?: RequestUnitSettings;
}

/** Ids of monitors that have a test, by the root of their app. */
const TESTED_IDS = new WeakMap<IConstruct, Set<string>>();

/**
 * Notes that the windows of a monitor are added up, for what tells people of its runs.
 *
 * @internal
 */
export function noteTest({ node: { root } }: IConstruct, monitorId: string): void {
  TESTED_IDS.set(root, new Set([...(TESTED_IDS.get(root) ?? []), monitorId]));
}

/**
 * Whether the windows of a monitor are added up, as far as the app was made.
 *
 * @internal
 */
export const hasTest = ({ node: { root } }: IConstruct, monitorId: string): boolean =>
  TESTED_IDS.get(root)?.has(monitorId) ?? false;

/**
 * Lets the windows of a monitor say what a test needs to add them up. Throws for a monitor that judges no variant apart, or not these two, or that has a test already.
 *
 * @param scope to which a refusal belongs
 * @param test what tells it from others before and after it
 * @internal
 */
export function addTest(scope: IConstruct, monitor: IConstruct, { reference, candidate, test, unit }: AskedTest): void {
  const pair = { reference, candidate };
  const tested = TESTED.get(monitor);
  throwIfAny('InvalidVariantTest', tested ? pairProblems(tested, pair) : [NOT_APART], scope);
  if (tested) Object.assign(tested, { asked: { ...tested.compared, ...pair, test }, unit });
}

const NOT_APART: Problem = {
  prop: 'monitor',
  got: 'one that judges no variant apart',
  allowed: 'a monitor on MonitoringEngine.serverless() whose data have perVariant: true',
};

function pairProblems({ variants, compared, asked }: Tested, pair: ComparedPair): Problem[] {
  if (asked) {
    const advice = 'make a monitor for each test';
    return [{ prop: 'monitor', got: 'one that has a test', allowed: 'a monitor without a test', advice }];
  }
  const { reference, candidate } = pair;
  if (reference === candidate)
    return [{ prop: 'candidate', got: candidate, allowed: "another variant than 'reference'" }];
  const unknown = Object.entries(pair).filter(([, name]) => !isJudged(name, variants));
  const allowed = `variants that the monitor judges: ${variants.join(', ')}`;
  return [...unknown.map(([prop, got]) => ({ prop, got, allowed })), ...otherPairProblems(pair, compared)];
}

/** A name that only the deployment knows may be any. */
function isJudged(name: string, variants: readonly string[]): boolean {
  return (
    Token.isUnresolved(name) ||
    Token.isUnresolved(variants) ||
    variants.some((one) => one === name || Token.isUnresolved(one))
  );
}

/** A window says how one pair differs. */
function otherPairProblems({ reference, candidate }: ComparedPair, compared?: ComparedPair): Problem[] {
  if (!compared || (compared.reference === reference && compared.candidate === candidate)) return [];
  const allowed = `${compared.reference} and ${compared.candidate}, which the data of the monitor compare`;
  return [{ prop: 'candidate', got: `${reference} and ${candidate}`, allowed }];
}
