// All suites of a worker run in the worker's own context: that is why they can share packages (runtime.cjs beside this).
// What a suite changes of what is not its own, globals, `process` and timers, is put back behind it, and what it left on the disk goes.
const { accessSync, constants, mkdirSync, mkdtempSync, rmSync, statfsSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** What outlives a suite, as its owner does: in the first aws-cdk-lib finds what its tokens stand for, the others are `process`'s listeners. */
const KEPT = new Set(['__cdkTokenMap', '_events', '_eventsCount']);

/** Linux's file system in memory: apps, and what rehearsals store, are some thousand small files. */
const MEMORY = '/dev/shm';
/** Below that, temporary files stay on the disk. */
const ROOM = 4 * 2 ** 30;

function hasRoom(folder) {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM;
  } catch {
    return false; // there is none on this machine
  }
}

/** Where all of a worker's temporary files are: one path for all suites, because aws-cdk-lib keeps the first that it saw. */
const TEMPORARY = mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), 'suite-'));
process.env.TMPDIR = TEMPORARY;

globalThis.global = globalThis;
// what jest's own modules take where a test may have replaced the global
for (const [name, value] of Object.entries({ promise: Promise, now: Date.now.bind(Date) })) {
  Object.defineProperty(globalThis, Symbol.for(`jest-native-${name}`), { value });
}

/** As many frames as Node.js has by default. */
const FRAMES = 10;

/**
 * Called behind jest, which sets its own format for each suite. The stacks that aws-cdk-lib notes for each resource are of no error: they get as many frames as in a user's app, not the hundred that jest asks for,
 * and are not looked up in source maps.
 */
function formatNotedStacksAtOnce() {
  const format = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) => {
    if (error instanceof Error) return format(error, frames);
    return ['Error', ...frames.slice(0, FRAMES).map((frame) => `    at ${frame}`)].join('\n');
  };
}

/** Returns what gives an object the own properties back that it has now. */
function remember(target) {
  const before = Object.getOwnPropertyDescriptors(target);
  return () => {
    for (const key of Reflect.ownKeys(target)) {
      if (!Object.hasOwn(before, key) && !KEPT.has(key)) delete target[key];
    }
    for (const key of Reflect.ownKeys(before)) {
      if (KEPT.has(key)) continue;
      const { value, get } = before[key];
      const now = Object.getOwnPropertyDescriptor(target, key);
      if (now?.value !== value || now?.get !== get) Object.defineProperty(target, key, before[key]);
    }
  };
}

module.exports = class WorkerEnvironment {
  constructor({ projectConfig: config }) {
    mkdirSync(TEMPORARY, { recursive: true });
    const directory = process.cwd();
    const { exitCode } = process; // an accessor
    this.restorers = [
      ...[globalThis, process, process.env].map(remember),
      () => process.chdir(directory),
      () => {
        process.exitCode = exitCode;
      },
    ];
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null; // the legacy ones
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** None: the runtime compiles for the context that it runs in itself. */
  getVmContext() {
    return null;
  }

  async setup() {
    formatNotedStacksAtOnce();
  }

  handleTestEvent({ name }) {
    if (name === 'run_finish') this.fakeTimersModern.useRealTimers(); // before jest looks at the clock
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    for (const restore of this.restorers) restore();
    rmSync(TEMPORARY, { recursive: true, force: true }); // an app without `outdir` leaves a copy of every asset
  }
};
