/** Where a function's process finds the stand-in, and which address stands for it. */
export interface PreloadSettings {
  /** path of the stand-in's Unix domain socket */
  readonly socketPath: string;
  /** the address that `AWS_ENDPOINT_URL` names; nothing listens there */
  readonly host: string;
  readonly port: number;
  /** virtual time before the first event, epoch milliseconds */
  readonly now: number;
}

/**
 * Source of the module that a function's process loads before anything else.
 *
 * It replaces the clock (`Date`, frozen at the virtual time that came with the event; `performance.now()`, timers and
 * `Intl.DateTimeFormat` without an argument stay real), leads connections to the stand-in's address to its Unix domain socket, and
 * refuses every other address, name lookup and datagram. An own file, as the process has to load it without a compiler.
 */
export function preloadSource(settings: PreloadSettings): string {
  return `const settings = ${JSON.stringify(settings)};\n${PRELOAD}`;
}

const PRELOAD = String.raw`
import net from 'node:net';
import dns from 'node:dns';
import dgram from 'node:dgram';
import { syncBuiltinESMExports } from 'node:module';

const RealDate = Date;
let now = settings.now;
RealDate.now = () => now;
const VirtualDate = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now] : args, newTarget),
  apply: () => new RealDate(now).toString(),
});
RealDate.prototype.constructor = VirtualDate;
globalThis.Date = VirtualDate;
Object.defineProperty(globalThis, Symbol.for('rehearsal.setTime'), { value: (time) => { now = time; } });

const refuse = (what) =>
  Object.assign(new Error('the rehearsal has no network: ' + what + ' was refused (the AWS APIs are at ' + settings.host + ':' + settings.port + ')'), { code: 'ENETUNREACH' });

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const list = Array.isArray(args[0]) ? args[0] : args;
  const callback = list.find((item) => typeof item === 'function');
  const options = typeof list[0] === 'object' ? list[0] : /^\d+$/.test(String(list[0])) ? { port: list[0], host: list[1] } : { path: list[0] };
  const host = typeof options.host === 'string' ? options.host : 'localhost';
  if (!options.path && host === settings.host && Number(options.port) === settings.port) {
    return connect.call(this, { path: settings.socketPath }, callback);
  }
  process.nextTick(() => this.destroy(refuse('a connection to ' + (options.path || host + ':' + options.port))));
  return this;
};

const refuseLookup = (name, ...rest) => {
  const callback = rest.find((item) => typeof item === 'function');
  process.nextTick(() => callback(refuse('the lookup of ' + name)));
};
const rejectLookup = async (name) => { throw refuse('the lookup of ' + name); };
for (const name of Object.keys(dns).filter((key) => /^(lookup|resolve|reverse)/.test(key))) {
  dns[name] = refuseLookup;
}
for (const name of Object.keys(dns.promises).filter((key) => /^(lookup|resolve|reverse)/.test(key))) {
  dns.promises[name] = rejectLookup;
}
dgram.Socket.prototype.send = function () { throw refuse('a datagram'); };
dgram.Socket.prototype.connect = function () { throw refuse('a datagram socket'); };
syncBuiltinESMExports();
`;

/** Source of a function's process: it imports the bundle and calls its handler for each message of its parent. */
export const RUNTIME_SOURCE = String.raw`
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const setTime = globalThis[Symbol.for('rehearsal.setTime')];
const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\n') }
    : { errorType: typeof error, errorMessage: String(error) };
let handler;

async function load({ file, exportName }) {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  const bundle = await import(pathToFileURL(file).href);
  handler = bundle[exportName];
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(exportName + ' is undefined or not exported'), { name: 'Runtime.HandlerNotFound' });
  }
  return { sha256 };
}

async function invoke({ event, now, context }) {
  setTime(now);
  const deadline = performance.now() + context.timeoutMilliseconds;
  const remaining = () => Math.max(0, Math.round(deadline - performance.now()));
  const result = await handler(event, { ...context, getRemainingTimeInMillis: remaining });
  return { payload: JSON.stringify(result ?? null) };
}

process.on('message', async (message) => {
  try {
    process.send({ id: message.id, ...(message.load ? await load(message.load) : await invoke(message.invoke)) });
  } catch (error) {
    console.error(error); // Lambda writes it to the log: with its cause, which the answer lacks
    process.send({ id: message.id, error: describe(error) });
  }
});
process.on('disconnect', () => process.exit(0));
`;
