import { DATA_QUALITY } from './data-quality';
import type { KindSheet, MonitorKindName } from './kind-sheet';
import { MODEL_BIAS } from './model-bias';
import { MODEL_EXPLAINABILITY } from './model-explainability';
import { MODEL_QUALITY } from './model-quality';

/** A sheet for every kind: a kind without one does not compile. */
export type KindTable = { readonly [kind in MonitorKindName]: KindSheet<kind> };

/** The kinds of monitor, each with what is special about it. */
export const KINDS: KindTable = {
  DataQuality: DATA_QUALITY,
  ModelQuality: MODEL_QUALITY,
  ModelBias: MODEL_BIAS,
  ModelExplainability: MODEL_EXPLAINABILITY,
};
