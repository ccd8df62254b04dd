// What the files say that a container left of an execution. Pure.
import { type ContainerViolation, violationOf } from '../../kind/container-violation';
import type { MeasuredFile } from '../../kind/kind-sheet';

/** A file of an execution, whatever is in it: an image of the user writes it, or somebody else does. */
export interface ContainerFile {
  /** `s3://bucket/key`, whether it is there or not */
  readonly uri: string;
  readonly isThere: boolean;
  /** undefined where it is not there, or no JSON */
  readonly content?: unknown;
}

/** The files by which an execution is told. */
export interface ContainerFiles {
  /** where the kind's container says what it measured */
  readonly measured: ContainerFile;
  /** constraint_violations.json */
  readonly violations: ContainerFile;
}

/** What a container measured. */
export interface Measured {
  /** 0 where the file does not say */
  readonly recordCount: number;
  /** why nobody knows whether anything was measured, as the reason of a failure; absent where it is known */
  readonly problem?: string;
}

/** What a file says that was measured. A window without a record has nothing else to say. */
export function measuredBy(asked: MeasuredFile, file: ContainerFile): Measured {
  const recordCount = asked.countsRecords ? itemCount(file.content) : undefined;
  const strange = strangeness(asked, file, recordCount);
  if (strange !== undefined) {
    return { recordCount: 0, problem: `AnalysisNotFound: nothing says what was analysed: ${file.uri} ${strange}` };
  }
  const sections = asked.sections.filter((name) => memberOf(file.content, name) !== undefined);
  if (recordCount === 0 || sections.some((name) => hasFigure(memberOf(file.content, name)))) {
    return { recordCount: recordCount ?? 0 };
  }
  const problem = `NothingEvaluated: no check was made: ${sections.join(' and ')} of ${file.uri} has no figure`;
  return { recordCount: recordCount ?? 0, problem };
}

/** Why a file is none that says what was measured, in words; undefined where it is one. */
function strangeness(
  { countsRecords, sections }: MeasuredFile,
  { isThere, content }: ContainerFile,
  recordCount: number | undefined,
): string | undefined {
  if (!isThere) return 'is not there';
  if (content === undefined) return 'is no JSON';
  if (countsRecords && recordCount === undefined) return 'has no number of records (dataset.item_count)';
  const isOther = recordCount !== 0 && sections.every((name) => memberOf(content, name) === undefined);
  return isOther ? `has no ${sections.join(' or ')}` : undefined;
}

/** The violations that a file lists; undefined where it is no such list. */
export function listedViolations({ content }: ContainerFile): ContainerViolation[] | undefined {
  const list = memberOf(content, 'violations');
  return Array.isArray(list) ? list.map(violationOf) : undefined;
}

function itemCount(content: unknown): number | undefined {
  const count = memberOf(memberOf(content, 'dataset'), 'item_count');
  return typeof count === 'number' && count >= 0 ? count : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Infinities are text in the files of containers. */
const INFINITIES: readonly unknown[] = ['Infinity', '-Infinity'];

/** Whether there is a number in something, however deep. */
function hasFigure(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasFigure);
  return typeof value === 'number' || INFINITIES.includes(value);
}
