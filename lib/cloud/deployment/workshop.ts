import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FunctionProcess, type FunctionProcessProps } from '../function/function-process';
import { preloadSource, RUNTIME_SOURCE } from '../function/function-runtime-source';

/** The address that functions take for AWS's; only the preload leads it anywhere. */
const HOST = '127.0.0.1';
const PORT = 48000; // fetch refuses ports of other protocols, such as 9

/** How a workshop is opened. */
export interface WorkshopOptions {
  /**
   * virtual time that functions have before their first event, epoch milliseconds
   * @default 0
   */
  readonly now?: number;
  /**
   * whether functions' processes stay warm for the next account that has the same functions: one account after the other, never two at once
   * @default false
   */
  readonly keepsWarm?: boolean;
}

/** Where functions' processes are started: what they load first, where they find the stand-in, and those that are warm. */
export class Workshop {
  /** path of the Unix domain socket at which the stand-in has to listen */
  public readonly socketPath: string;
  public readonly preload: string;
  public readonly runtime: string;
  /** base of every service's and custom resource's address, as a function sees it */
  public readonly endpoint = `http://${HOST}:${PORT}`;
  /** a folder that holds nothing of the user's */
  public readonly home: string;

  private readonly folder = mkdtempSync(join(tmpdir(), 'cloud-')); // a socket's path has about 100 characters at most
  private readonly warm = new Map<string, FunctionProcess>();

  /** Writes the preload and the runtime into a folder of its own; close it, or the folder and warm processes stay. */
  public constructor(private readonly options: WorkshopOptions = {}) {
    [this.socketPath, this.home] = [join(this.folder, 'aws.sock'), join(this.folder, 'home')];
    [this.preload, this.runtime] = [join(this.folder, 'preload.mjs'), join(this.folder, 'runtime.mjs')];
    mkdirSync(this.home);
    writeFileSync(
      this.preload,
      preloadSource({ socketPath: this.socketPath, host: HOST, port: PORT, now: options.now ?? 0 }),
    );
    writeFileSync(this.runtime, RUNTIME_SOURCE);
  }

  /** The process of a function: a warm one, if its code, its environment and all else are the same. */
  public processOf(props: Omit<FunctionProcessProps, 'preload' | 'runtime'>): FunctionProcess {
    const { preload, runtime } = this;
    if (!this.options.keepsWarm) return new FunctionProcess({ ...props, preload, runtime });
    const { file, ...others } = props;
    const code = createHash('sha256').update(readFileSync(file)).digest('hex');
    const identity = JSON.stringify({ ...others, code });
    const known = this.warm.get(identity);
    if (known?.isRunning) return known;
    const process = new FunctionProcess({ ...props, preload, runtime }, true);
    this.warm.set(identity, process);
    return process;
  }

  /** Ends the processes that were kept, and removes the folder. */
  public close(): void {
    for (const process of this.warm.values()) process.stop();
    rmSync(this.folder, { recursive: true });
  }
}
