import { kernelShap } from '../../../lib/analysis';
import { areClose } from './differences';
import { type ServedModel, ServedModels } from './served-models';

/** What Kernel SHAP comes to otherwise than the shap package does, which asks the same models, a line each, and of how many. */
export async function attributionAgainstShap(python: string, seed: number) {
  const served = new ServedModels(python, seed);
  try {
    const models = await served.models();
    const found: string[] = [];
    for (const [index, model] of models.entries()) found.push(...(await differencesOf(served, index, model)));
    return { of: 'attributions and shap', cases: models.length, differences: found };
  } finally {
    served.end();
  }
}

async function differencesOf(
  served: ServedModels,
  index: number,
  { name, link, baseline, rows, ...theirs }: ServedModel,
): Promise<string[]> {
  const predict = (asked: ServedModel['rows']) => served.ask(index, asked);
  const result = await kernelShap({ rows, baseline, link, predict, keepLocal: true, batchSize: 5000 });
  if ('problem' in result) return [`${name}: ${result.problem.reason}: ${result.problem.detail}`];
  const { local = [], expected, isExact } = result.values;
  if (!isExact) return [`${name}: not all coalitions were asked for`];
  const ours = [...expected, ...local.flat(2)];
  const other = [...theirs.expected, ...theirs.values.flat(2)];
  const differing = other.filter((value, at) => !areClose(ours[at], value));
  if (ours.length === other.length && differing.length === 0) return [];
  return [`${name}: ${differing.length} of ${other.length} values differ, of ${ours.length} here`];
}
