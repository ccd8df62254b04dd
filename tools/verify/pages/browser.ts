import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** What Chromium answers, and what it tells unasked. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
  readonly result?: object;
  readonly error?: { readonly message: string };
}

/** Something that Chromium told unasked. */
export interface BrowserEvent {
  readonly method: string;
  readonly params: object;
}

/** A page is drawn, or judged, in seconds. */
const PATIENCE = 60_000;

/** As root, as in a container, Chromium starts without its sandbox alone; the pages are our own. */
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-pipe'];

/**
 * A headless Chromium, spoken to over a pipe by its own protocol, so that no package is needed for it.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export class Browser {
  /** All that it told unasked, in order. */
  public readonly events: BrowserEvent[] = [];
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (message: Message) => void>();
  private count = 0;

  constructor(program: string, profile: string) {
    this.child = spawn(program, [...ARGUMENTS, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    let text = '';
    (this.child.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (text + chunk).split('\0');
      text = messages.pop() ?? '';
      for (const message of messages) this.take(JSON.parse(message));
    });
  }

  /** Asks for something, of one page where a session of it is given; rejects with the words of a refusal, and after a minute. */
  public async ask<Answer>(method: string, params: object = {}, sessionId?: string): Promise<Answer> {
    const id = ++this.count;
    const answer = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { result, error } = await inTime(answer, method);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as Answer;
  }

  /** Ends it; resolves when it has. */
  public async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
  }

  private take({ id, method, params, ...answer }: Message): void {
    if (id === undefined) this.events.push({ method: method ?? '', params: params ?? {} });
    else this.waiting.get(id)?.(answer);
  }
}

async function inTime(answer: Promise<Message>, what: string): Promise<Message> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Chromium does not answer: ${what}`)), PATIENCE);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
