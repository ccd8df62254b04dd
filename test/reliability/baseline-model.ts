import type { Put } from './deployment-cloud';

// What must hold of a request for a baseline, whatever happened to the calls about it.

/** What is seen of a request when everything has ended. */
export interface SeenRequest {
  readonly id: string;
  /** of its custom resource, in order */
  readonly answers: readonly Put[];
  /** of its wait condition, in order; absent where there is none */
  readonly signals?: readonly Put[];
  /** whether a baseline can be made of what was given */
  readonly isGood: boolean;
  /** faults that its own calls met */
  readonly faultCount: number;
  /** files that were not whole when a success was told that names them */
  readonly notWhole: readonly string[];
}

/** So many faults it takes, at least, until a function, or a machine, gives up. */
export const ATTEMPTS = 3;

/** What does not hold, in words; nothing where all does. */
export function broken(seen: SeenRequest): string[] {
  const { id, answers, signals, isGood, faultCount, notWhole } = seen;
  const isHarmed = faultCount >= ATTEMPTS;
  const told = [answers, ...(signals ? [signals] : [])].flatMap((puts) => puts.map(({ Status }) => Status));
  const isMade = (signals ?? answers).some(isSuccess);
  const hasFailed = told.some((status) => status !== 'SUCCESS');
  return [
    ...(answers.length === 0 && !isHarmed ? [`request ${id} was not answered`] : []),
    ...(signals?.length === 0 && answers.some(isSuccess) && !isHarmed ? [`request ${id} was not signalled`] : []),
    ...[answers, signals ?? []].flatMap((puts) => contradictions(puts)).map((words) => `request ${id}: ${words}`),
    ...(isMade && !isGood ? [`request ${id}: a baseline of nothing was told as made`] : []),
    ...(hasFailed && isGood && !isHarmed ? [`request ${id} failed for what passes`] : []),
    ...notWhole,
  ];
}

const isSuccess = ({ Status }: Put) => Status === 'SUCCESS';

/** Nothing is taken back, and what is told of a success is the same each time. */
function contradictions(puts: readonly Put[]): string[] {
  const successes = puts
    .filter(isSuccess)
    .map(({ Data, PhysicalResourceId }) => JSON.stringify([Data, PhysicalResourceId]));
  const first = puts.findIndex(isSuccess);
  return [
    ...(new Set(successes).size > 1 ? ['successes differ'] : []),
    ...(first >= 0 && puts.slice(first).some((put) => !isSuccess(put)) ? ['a success was taken back'] : []),
    ...(first > 0 ? ['a failure was taken back'] : []),
  ];
}

/** Whether so many faults met the calls about a request, and the machine that it started, that somebody may have given up. */
export function isHarmed(steps: readonly string[], id: string): boolean {
  return faultsOf(steps, id) >= ATTEMPTS;
}

/** How many faults met the calls about a request, and the machine that it started. */
export function faultsOf(steps: readonly string[], id: string): number {
  const met = new RegExp(`^(request ${id}\\b|[\\w-]+-${id} ).*\\((?!Create|Update)[a-z ]+\\)$`);
  return steps.filter((step) => met.test(step)).length;
}

/** A request that can be fulfilled, and how it was answered. */
export interface AnsweredRequest {
  readonly id: string;
  readonly puts: readonly Put[];
  /** whether somebody may have given up */
  readonly isHarmed: boolean;
  /** whether another request may have taken its place */
  readonly mayFail: boolean;
}

/** What does not hold of the answers to a request, in words. */
export function answered({ id, puts, isHarmed, mayFail }: AnsweredRequest): string[] {
  return [
    ...(puts.length === 0 && !isHarmed ? [`request ${id} was not answered`] : []),
    ...(puts.some((put) => !isSuccess(put)) && !isHarmed && !mayFail ? [`request ${id} failed for what passes`] : []),
    ...contradictions(puts).map((words) => `request ${id}: ${words}`),
  ];
}
