import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Constraints,
  type ConstraintsContent,
  constraintsProblem,
  type DatasetFormat,
  type Generation,
  type Statistics,
} from '../analysis';

/** A baseline or a run: the files that a case holds of it, relative to its folder. */
export interface CasePart {
  readonly name?: string;
  readonly input?: string;
  /** captured records where absent and the input's name ends with `.jsonl`, else CSV with a header */
  readonly format?: DatasetFormat;
  readonly statistics?: string;
  readonly constraints?: string;
  readonly violations?: string;
  /** `analysis.json` of Clarify */
  readonly analysis?: string;
  /** rows of each part that the container merged, in order */
  readonly partitions?: number[];
  /** present when the input was rebuilt from a sketch: the text of its values is not the original's */
  readonly rowsFrom?: string;
}

/** `case.json`: real inputs and outputs of a container. */
export interface ParityCase {
  readonly title: string;
  readonly kind: string;
  readonly build: string;
  readonly baseline?: CasePart;
  readonly runs?: CasePart[];
  /** what the source does not hold */
  readonly absent?: string[];
}

/** The case cannot be compared; the message says why. */
export class IncomparableCase extends Error {}

/** Reads the files of one case, `case.json` first and only what it names. What is no such file makes the case incomparable. */
export class CaseFolder {
  constructor(private readonly folder: string) {}

  path(file: string): string {
    return join(this.folder, file);
  }

  async readCase(): Promise<ParityCase> {
    const parity: ParityCase = await this.json('case.json');
    const problem = caseProblem(parity);
    if (problem !== undefined) throw new IncomparableCase(`${this.path('case.json')} has no ${problem}`);
    return parity;
  }

  async statistics(part?: CasePart): Promise<Statistics | undefined> {
    return part?.statistics === undefined ? undefined : this.listed(part.statistics, 'features');
  }

  async constraints(part?: CasePart): Promise<Constraints | undefined> {
    return part?.constraints === undefined ? undefined : this.listed(part.constraints, 'features');
  }

  /** The violations of a run, of whichever kind; undefined when the case does not name them. */
  async violations<T>(part: CasePart): Promise<T[] | undefined> {
    if (part.violations === undefined) return undefined;
    return (await this.listed<{ violations: T[] }>(part.violations, 'violations')).violations;
  }

  /** Reads a JSON file of the case; undefined when the case does not name it. */
  async file<T>(name: string | undefined): Promise<T | undefined> {
    return name === undefined ? undefined : this.json(name);
  }

  /** Reads the constraints of a baseline; undefined when the case does not name them. Throws `IncomparableCase` for what no run can be compared with. */
  async constraintsOf<T>(content: ConstraintsContent, name: string | undefined): Promise<T | undefined> {
    if (name === undefined) return undefined;
    const file = await this.json<T>(name);
    const problem = constraintsProblem(content, file);
    if (problem === undefined) return file;
    throw new IncomparableCase(`${this.path(name)} is no such file: ${problem}`);
  }

  async text(file: string): Promise<string> {
    try {
      return await readFile(this.path(file), 'utf8');
    } catch (error) {
      throw new IncomparableCase(`cannot read ${this.path(file)}: ${(error as Error).message}`);
    }
  }

  private async json<T>(file: string): Promise<T> {
    const text = await this.text(file);
    const value = parsed(text);
    if (isObject(value)) return value as T;
    throw new IncomparableCase(`${this.path(file)} is ${text.trim() === '' ? 'empty' : 'no JSON object'}`);
  }

  /** A JSON file that has to have a list of objects. */
  private async listed<T>(file: string, list: string): Promise<T> {
    const value = await this.json<{ readonly [key: string]: unknown }>(file);
    const items = value[list];
    if (Array.isArray(items) && items.every(isObject)) return value as T;
    throw new IncomparableCase(`${this.path(file)} has no list of "${list}"`);
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller says that it is no JSON
  }
}

/** What a case has to have and lacks, in words; undefined when it has all. */
function caseProblem({ title, kind, build, baseline = {}, runs = [], absent = [] }: ParityCase): string | undefined {
  const isText = (value: unknown) => typeof value === 'string';
  if (![title, kind, build].every(isText)) return '"title", "kind" and "build"';
  if (!isPart(baseline)) return 'baseline with names of files';
  if (!Array.isArray(runs) || !runs.every(isPart)) return 'list of "runs" with names of files';
  return Array.isArray(absent) && absent.every(isText) ? undefined : 'list of texts in "absent"';
}

const FILES = ['input', 'statistics', 'constraints', 'violations', 'analysis'] as const;

const isPart = (part: CasePart): boolean =>
  isObject(part) &&
  FILES.every((name) => part[name] === undefined || typeof part[name] === 'string') &&
  (part.partitions === undefined || Array.isArray(part.partitions));

/**
 * Why what a list of violations does not have says nothing: the case tells under `absent` that there are more violations than it holds. Undefined when
 * the list is whole.
 */
export const cutViolations = ({ absent = [] }: { readonly absent?: readonly string[] }): string | undefined =>
  absent.find((text) => /\bviolations?\b/i.test(text));

/** Which generation of files a container wrote, and whether it was the one before the first release. */
export function generationOf(build: string): { generation: Generation; isPreRelease: boolean } {
  const generation = (['deequ-1.0', 'deequ-2.0'] as const).find((known) => build.startsWith(known));
  if (!generation) throw new IncomparableCase(`the build "${build}" is none of deequ-1.0, deequ-2.0`);
  return { generation, isPreRelease: build.startsWith('deequ-1.0-pre-release') };
}
