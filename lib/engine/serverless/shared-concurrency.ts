import { Lazy, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { sharedMaxConcurrency } from '../../core/stack-resources';
import { ValidationError } from '../../core/validation-error';
import type { RunSettings } from './monitor-request';

/** Groups of objects that one run reads at the same time, where nothing is said. */
export const RUN_CONCURRENCY = 10;

/** Groups that the runs of a stack's monitors read at the same time, together, where nothing is said. */
const TOGETHER = 50;

/** By stack, what each of its monitors is said to read at the same time; undefined where nothing is said. */
const SAID = new WeakMap<Stack, (number | undefined)[]>();

/**
 * Settings of a monitor's runs, with its part of what the monitors of its stack may read at the same time. Which these are is known when the app is synthesized.
 *
 * @param said how many groups its engine is told to read at the same time
 * @internal
 */
export function withSharedConcurrency(scope: Construct, settings: RunSettings, said: number | undefined): RunSettings {
  const stack = Stack.of(scope);
  const all = SAID.get(stack) ?? beginSaying(stack);
  const isKnown = !Token.isUnresolved(said);
  all.push(isKnown ? said : 1); // what is known at deployment only is not divided
  if (!isKnown) return settings;
  const produce = () => partOf(said, all, sharedMaxConcurrency(stack));
  return { ...settings, maximumConcurrency: Lazy.uncachedNumber({ produce }) };
}

function beginSaying(stack: Stack): (number | undefined)[] {
  const all: (number | undefined)[] = [];
  SAID.set(stack, all);
  const together = sharedMaxConcurrency(stack);
  if (together !== undefined) stack.node.addValidation({ validate: () => tooFew(stack, together, all.length) });
  return all;
}

/**
 * How many groups one reads of those that all may read together. Where a number for all is said, it is divided among them; where none is, whoever is said to read so many
 * does, and the others share what that leaves of fifty.
 */
export function partOf(
  said: number | undefined,
  all: readonly (number | undefined)[],
  together: number | undefined,
): number {
  if (together !== undefined) return dividedPart(said ?? RUN_CONCURRENCY, all.map(orUsual), together);
  if (said !== undefined) return said;
  const taken = all.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return dividedPart(RUN_CONCURRENCY, all.filter((each) => each === undefined).map(orUsual), TOGETHER - taken);
}

const orUsual = (said: number | undefined): number => said ?? RUN_CONCURRENCY;

/** What one asks for where there is enough for all; else one, and of what is left when each has one so much as it asks for more than that. */
function dividedPart(asked: number, all: readonly number[], together: number): number {
  const sum = all.reduce((total, each) => total + each, 0);
  if (sum <= together) return asked;
  const [left, beyondOne] = [Math.max(0, together - all.length), sum - all.length];
  return beyondOne === 0 ? 1 : 1 + Math.floor(((asked - 1) * left) / beyondOne); // all may ask for one, and be too many
}

/** Each run reads one group at a time at least: less is nothing that could be kept. */
function tooFew(stack: Stack, got: number, monitors: number): string[] {
  if (got >= monitors) return [];
  const allowed = `${monitors} or more: as many monitors of the stack run on serverless(), and each run reads one group at a time at least`;
  const problem = { prop: 'maxConcurrency', got, allowed, advice: 'or put some of them into another stack' };
  return [new ValidationError('InvalidStackResources', [problem], stack).message];
}
