import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Constraints, DatasetFormat, Generation, Statistics, Violation } from '../analysis';

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

/** Reads the files of one case, `case.json` first and only what it names. */
export class CaseFolder {
  constructor(private readonly folder: string) {}

  path(file: string): string {
    return join(this.folder, file);
  }

  readCase(): Promise<ParityCase> {
    return this.json('case.json');
  }

  async statistics(part?: CasePart): Promise<Statistics | undefined> {
    return part?.statistics === undefined ? undefined : this.json(part.statistics);
  }

  async constraints(part?: CasePart): Promise<Constraints | undefined> {
    return part?.constraints === undefined ? undefined : this.json(part.constraints);
  }

  async violations(part: CasePart): Promise<Violation[] | undefined> {
    if (part.violations === undefined) return undefined;
    return (await this.json<{ violations: Violation[] }>(part.violations)).violations;
  }

  /** Reads a JSON file of the case; undefined when the case does not name it. */
  async file<T>(name: string | undefined): Promise<T | undefined> {
    return name === undefined ? undefined : this.json(name);
  }

  private async json<T>(file: string): Promise<T> {
    try {
      return JSON.parse(await readFile(this.path(file), 'utf8'));
    } catch (error) {
      throw new IncomparableCase(`cannot read ${this.path(file)}: ${(error as Error).message}`);
    }
  }
}

/** Which generation of files a container wrote, and whether it was the one before the first release. */
export function generationOf(build: string): { generation: Generation; isPreRelease: boolean } {
  const generation = (['deequ-1.0', 'deequ-2.0'] as const).find((known) => build.startsWith(known));
  if (!generation) throw new IncomparableCase(`the build "${build}" is none of deequ-1.0, deequ-2.0`);
  return { generation, isPreRelease: build.startsWith('deequ-1.0-pre-release') };
}
