import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import type { FeatureRow, Link } from '../../../lib/analysis';
import { PYTHON_SETTINGS } from './python';

/** A model of Python, what is asked about it, and what the shap package says. */
export interface ServedModel {
  readonly name: string;
  readonly link: Link;
  readonly baseline: readonly FeatureRow[];
  readonly rows: readonly FeatureRow[];
  /** by row, by label, by feature */
  readonly values: readonly (readonly (readonly number[])[])[];
  /** by label */
  readonly expected: readonly number[];
}

/** A process of Python that answers for its models, one question after the other. */
export class ServedModels {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;

  constructor(python: string, seed: number) {
    this.child = spawn(python, [path.join(__dirname, 'attribution.py'), String(seed)], {
      cwd: __dirname,
      env: { ...process.env, ...PYTHON_SETTINGS },
    });
    this.child.stderr.pipe(process.stderr);
    this.lines = createInterface(this.child.stdout)[Symbol.asyncIterator]();
  }

  /** The models that it has; a model's place among them is its number. */
  async models(): Promise<ServedModel[]> {
    const models: ServedModel[] = [];
    for (let model = await this.next(); model !== null; model = await this.next()) models.push(model as ServedModel);
    return models;
  }

  /** The scores of each row. */
  async ask(model: number, rows: readonly FeatureRow[]): Promise<number[][]> {
    this.child.stdin.write(`${JSON.stringify({ model, rows })}\n`);
    return (await this.next()) as number[][];
  }

  /** Lets the process end. */
  end(): void {
    this.child.stdin.end();
  }

  private async next(): Promise<unknown> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error('the program in Python has ended before it answered');
    return JSON.parse(value);
  }
}
