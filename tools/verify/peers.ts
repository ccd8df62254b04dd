import { attributionAgainstShap } from './peers/attribution';
import { biasAgainstSmclarify } from './peers/bias';
import { classEstimatesAgainstNannyml } from './peers/class-estimation';
import { estimatesAgainstNannyml } from './peers/estimation';
import { qualityAgainstScikitLearn } from './peers/model-quality';
import { pythonWithPeers } from './peers/python';
import { sequencesAgainstDefinition } from './peers/sequential';
import type { Workspace } from './workspace';

/** Set SEED to draw others. */
const SEED = Number(process.env.SEED ?? 20261130);

const COMPARISONS = [
  qualityAgainstScikitLearn,
  biasAgainstSmclarify,
  attributionAgainstShap,
  estimatesAgainstNannyml,
  classEstimatesAgainstNannyml,
  sequencesAgainstDefinition,
];

/**
 * Model quality says what scikit-learn says, metrics of bias are smclarify's, Kernel SHAP comes to what the shap package does of the same models, of real
 * rows and of drawn ones, quality is estimated as NannyML estimates it of its own examples, of two classes and of several, and confidence sequences are what integrals that define them come to.
 */
export async function peers(workspace: Workspace): Promise<void> {
  const python = pythonWithPeers(workspace);
  const found: string[] = [];
  for (const compare of COMPARISONS) {
    const { of, cases, differences } = await compare(python, SEED);
    console.log(`   ${of}: ${cases} cases, ${differences.length} differences`);
    found.push(...differences);
  }
  if (found.length > 0) throw new Error(`with SEED=${SEED}:\n${found.join('\n')}`);
}
