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
export interface Tab {
  readonly browser: Browser;
  readonly session: string;
}

/** What comes of a look at a page. */
export interface Look {
  /** everything that is wrong with it, as it opens, and with all of it opened */
  readonly faults: readonly string[];
  /** PNG in base64, of the page as it opens */
  readonly picture: string;
}

/** A page as those see it who look at it so. */
export async function judgedPage(browser: Browser, file: string, view: View): Promise<Look> {
  const tab = await opened(browser, file, view);
  const picture = await pictureOf(tab, view.width);
  const closed = await faultsOf(tab);
  await evaluated(tab, 'for (const each of document.querySelectorAll("details")) each.open = true');
  const open = await faultsOf(tab);
  const found = [...new Set([...closed, ...open, ...complaints(browser)])];
  browser.events.length = 0;
  await browser.ask('Page.close', {}, tab.session);
  return { faults: found, picture };
}

/** A page of its own, in which pictures are compared. */
export const emptyTab = (browser: Browser): Promise<Tab> =>
  tabOf(browser, 'about:blank', { width: 800, scheme: 'light' });

const opened = (browser: Browser, file: string, view: View) => tabOf(browser, pathToFileURL(file).href, view);

async function tabOf(browser: Browser, url: string, { width, scheme }: View): Promise<Tab> {
  const { targetId } = await browser.ask<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  const to = { targetId, flatten: true };
  const { sessionId: session } = await browser.ask<{ sessionId: string }>('Target.attachToTarget', to);
  for (const domain of ['Page', 'Runtime', 'Log']) await browser.ask(`${domain}.enable`, {}, session);
  const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
  await browser.ask('Emulation.setDeviceMetricsOverride', size, session);
  const features = [{ name: 'prefers-color-scheme', value: scheme }];
  await browser.ask('Emulation.setEmulatedMedia', { features }, session);
  await browser.ask('Page.navigate', { url }, session);
  await evaluated({ browser, session }, LOADED);
  return { browser, session };
}

/** Resolves when all of the page is there. */
const LOADED = `new Promise((loaded) => document.readyState === 'complete' ? loaded() : addEventListener('load', loaded)).then(() => undefined)`;

/** Pixels of a page that are in its picture: below are the features after the first ones, which look like them. */
const TALLEST = 2400;

async function pictureOf(tab: Tab, width: number): Promise<string> {
  const height = await evaluated<number>(tab, 'document.documentElement.scrollHeight');
  const clip = { x: 0, y: 0, width, height: Math.min(height, TALLEST), scale: 1 };
  const asked = { format: 'png', captureBeyondViewport: true, clip };
  const { data } = await tab.browser.ask<{ data: string }>('Page.captureScreenshot', asked, tab.session);
  return data;
}

async function faultsOf(tab: Tab): Promise<string[]> {
  return evaluated<string[]>(tab, FAULTS);
}

/** What an expression of the page's own language comes to. */
export async function evaluated<Value>({ browser, session }: Tab, expression: string): Promise<Value> {
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
