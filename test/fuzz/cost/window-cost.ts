import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNT_VARIABLE } from '../../../lib/core/contract';
import type { MonitorRequest, PlanItem } from '../../../lib/engine/serverless/contract';
import { handler as profile } from '../../../lib/engine/serverless/handler/profile.lambda';
import { analyseWindow } from '../../../lib/engine/serverless/handler/window-analysis';
import { planItems } from '../../../lib/engine/serverless/plan-items';
import { MONITOR_REQUEST } from '../../handlers/requests';
import { readFilesOf } from './file-store';
import { BASELINE } from './measure';
import { type HeavyWindow, WINDOWS } from './windows';

/** Which rules hold for the columns of a window, and which function is measured. */
export const RULES = ['ByMeaning', 'ModelMonitor'] as const;
export const STEPS = ['profile', 'conclude'] as const;

/** One function's share of a window. */
export interface WindowStep {
  readonly window: HeavyWindow['name'];
  readonly rules: (typeof RULES)[number];
  readonly step: (typeof STEPS)[number];
  /** where its profiles are left, and found */
  readonly folder: string;
}

const EXECUTION = 'e1';

/** Lets *profile* read all items of a window, or *conclude* judge what was read, with files in place of S3; returns how many items there are, and what it came to. */
export async function runStep({ window: name, rules, step, folder }: WindowStep): Promise<string> {
  const window = WINDOWS.find((one) => one.name === name) as HeavyWindow;
  const request = requestBy(rules);
  const items = itemsOf(window, request);
  process.env[ACCOUNT_VARIABLE] = '111122223333';
  console.log = () => {}; // of handlers
  readFilesOf(folder, 'capture', (key) => window.line(Number(key)));
  if (step === 'conclude') return `${items.length} items: ${await concluded(request, items)}`;
  furnish(folder);
  for (const item of items) await profile({ request, execution: EXECUTION, item });
  return `${items.length} items`;
}

function requestBy(rules: WindowStep['rules']): MonitorRequest {
  const container = { checks: 'ModelMonitor', drift: { method: 'ModelMonitor' } } as const;
  return { ...MONITOR_REQUEST, scheduledTime: '2024-05-01T11:20:00Z', ...(rules === 'ModelMonitor' && container) };
}

/** As a plan makes them. */
function itemsOf({ requests, line }: HeavyWindow, { output }: MonitorRequest): PlanItem[] {
  const objects = Array.from({ length: requests }, (_, index) => {
    return { bucket: 'capture', key: `${index}`.padStart(3, '0'), size: Buffer.byteLength(line(index)) };
  });
  return planItems(objects, { output, execution: EXECUTION });
}

function furnish(folder: string): void {
  mkdirSync(join(folder, 'baseline'), { recursive: true });
  for (const [name, file] of Object.entries(BASELINE))
    writeFileSync(join(folder, 'baseline', name), JSON.stringify(file));
}

async function concluded(request: MonitorRequest, items: readonly PlanItem[]): Promise<string> {
  const plan = {
    bucket: 'out',
    bucketOwner: '111122223333',
    key: 'plan.jsonl',
    itemCount: items.length,
    objectCount: 0,
    objectCountBefore: null,
    maximumConcurrency: 10,
  };
  const { conclusion } = await analyseWindow(request, EXECUTION, plan);
  return [conclusion.status, conclusion.failureReason].filter(Boolean).join(', ');
}
