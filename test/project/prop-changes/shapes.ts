import type { Stack } from 'aws-cdk-lib';
import { batchApp } from './batch-app';
import { BATCH_RECIPES, SERVERLESS_RECIPES } from './recipes';
import { serverlessApp } from './serverless-app';
import type { Changes, Settings } from './settings';

/** An app, and the changes of props that it can show. */
export interface Shape {
  readonly build: (stack: Stack, settings: Settings) => void;
  readonly recipes: Changes;
}

/** Apps that together use the props that have recipes. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  serverless: { build: serverlessApp, recipes: SERVERLESS_RECIPES },
  batch: { build: batchApp, recipes: BATCH_RECIPES },
};
