const PAGE_BYTES = 64 * 1024;

/** The part of the engine's interface that is used; the compiler's libraries for Node.js lack it. */
interface Engine {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine };

/** Memories that are kept for the next one who needs as much. */
const MAX_IDLE = 4;

const idle: LinkedMemory[] = [];

/** Memory that JavaScript and modules of WebAssembly share. */
export class LinkedMemory {
  /**
   * A memory of zeros: one that was given back, else a new one. After some new ones the engine looks through all of its heap for what is not used any more, which takes
   * longer than to read a small file.
   */
  static taken(bytes: number): LinkedMemory {
    const size = PAGE_BYTES * Math.ceil(bytes / PAGE_BYTES);
    const found = idle.findIndex(({ buffer }) => buffer.byteLength === size);
    if (found < 0) return new LinkedMemory(bytes);
    const [memory] = idle.splice(found, 1);
    new Uint8Array(memory.buffer).fill(0);
    return memory;
  }

  readonly buffer: ArrayBuffer;
  private readonly memory: object;

  constructor(bytes: number) {
    const memory = new engine.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
    this.memory = memory;
    this.buffer = memory.buffer;
  }

  /** Lets somebody else have it: whoever had it may not use it any more. */
  giveBack(): void {
    if (idle.length < MAX_IDLE) idle.push(this);
  }

  /** The functions of a module, given in hexadecimal digits, on this memory. */
  link<Functions>(module: string): Functions {
    return new engine.Instance(compiled(module), { linked: { memory: this.memory } }).exports as Functions;
  }
}

const known = new Map<string, object>();

/** Compiled once for all memories: a file of a few records is read faster than a module is compiled. */
function compiled(module: string): object {
  const found = known.get(module) ?? new engine.Module(bytesOf(module));
  known.set(module, found);
  return found;
}

const bytesOf = (digits: string) => Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
