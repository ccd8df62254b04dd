import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from './browser';

/** What is run in the page: its own language, and nothing of this program's. */
const FAULTS = readFileSync(join(__dirname, 'faults.js'), 'utf8');

/** How somebody looks at a page. */
export interface View {
  /** pixels */
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** A page of a browser that is open. */
interface Tab {
  readonly browser: Browser;
  readonly session: string;
}

/** Everything that is wrong with a page for those who look at it so: as it opens, and with all of it opened. */
export async function judgedPage(browser: Browser, file: string, view: View): Promise<string[]> {
  const tab = await opened(browser, file, view);
  const closed = await faultsOf(tab);
  await evaluated(tab, 'for (const each of document.querySelectorAll("details")) each.open = true');
  const open = await faultsOf(tab);
  const found = [...new Set([...closed, ...open, ...complaints(browser)])];
  browser.events.length = 0;
  return found;
}

async function opened(browser: Browser, file: string, { width, scheme }: View): Promise<Tab> {
  const { targetId } = await browser.ask<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  const to = { targetId, flatten: true };
  const { sessionId: session } = await browser.ask<{ sessionId: string }>('Target.attachToTarget', to);
  for (const domain of ['Page', 'Runtime', 'Log']) await browser.ask(`${domain}.enable`, {}, session);
  const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
  await browser.ask('Emulation.setDeviceMetricsOverride', size, session);
  const features = [{ name: 'prefers-color-scheme', value: scheme }];
  await browser.ask('Emulation.setEmulatedMedia', { features }, session);
  await browser.ask('Page.navigate', { url: pathToFileURL(file).href }, session);
  await evaluated({ browser, session }, LOADED);
  return { browser, session };
}

/** Resolves when all of the page is there. */
const LOADED = `new Promise((loaded) => document.readyState === 'complete' ? loaded() : addEventListener('load', loaded)).then(() => undefined)`;

async function faultsOf(tab: Tab): Promise<string[]> {
  return evaluated<string[]>(tab, FAULTS);
}

async function evaluated<Value>({ browser, session }: Tab, expression: string): Promise<Value> {
  const asked = { expression, returnByValue: true, awaitPromise: true };
  const { result, exceptionDetails } = await browser.ask<{
    readonly result: { readonly value: Value };
    readonly exceptionDetails?: { readonly text: string };
  }>('Runtime.evaluate', asked, session);
  if (exceptionDetails) throw new Error(`${exceptionDetails.text}: ${JSON.stringify(result)}`);
  return result.value;
}

/** What the browser complains about, as it stands in its console. */
function complaints({ events }: Browser): string[] {
  const told = events.filter(({ method }) =>
    ['Log.entryAdded', 'Runtime.consoleAPICalled', 'Runtime.exceptionThrown'].includes(method),
  );
  return told.map(({ method, params }) => `the console says ${method}: ${JSON.stringify(params).slice(0, 300)}`);
}
