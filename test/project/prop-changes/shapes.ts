import type { Stack } from 'aws-cdk-lib';
import { batchApp } from './batch-app';
import { modelMonitorApp } from './model-monitor-app';
import { MODEL_MONITOR_RECIPES } from './model-monitor-recipes';
import { BATCH_RECIPES, SERVERLESS_RECIPES } from './recipes';
import { serverlessApp } from './serverless-app';
import type { Changes, Settings } from './settings';

/** An app, and the changes of props that it can show. */
export interface Shape {
  readonly build: (stack: Stack, settings: Settings) => void;
  readonly recipes: Changes;
  /** structs whose props are all of one sort, and change in one update */
  readonly together?: readonly string[];
}

/** The app on Model Monitor, whose changes have a test file of their own: it has the most, and runs beside the others. */
export const MODEL_MONITOR = 'model-monitor';

/** Apps that together use the props that have recipes. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  serverless: { build: serverlessApp, recipes: SERVERLESS_RECIPES },
  [MODEL_MONITOR]: { build: modelMonitorApp, recipes: MODEL_MONITOR_RECIPES, together: ['MetricThresholds'] },
  batch: { build: batchApp, recipes: BATCH_RECIPES },
};
