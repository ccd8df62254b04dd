import * as fs from 'node:fs';
import * as path from 'node:path';
import { assemblyIn, changedOverrides } from './overrides';
import { expectSameTemplates } from './templates';
import { NAME, ROOT, type Workspace } from './workspace';

const fixture = (name: string) => path.join(ROOT, `test/examples/fixtures/${name}.csv`);

const CONTEXT = { trainingData: fixture('training'), labelledData: fixture('labelled') };

/**
 * What the library implements of the CDK has the same types in the oldest peers that `package.json` allows as in those of the tests. The examples
 * compile with the oldest, and synthesize from the installed package to what they synthesize to with the others: an older CDK silently
 * leaves out what it does not know.
 */
export function floor(workspace: Workspace): void {
  const [oldest, latest] = [workspace.appOnFloor(), workspace.appOnLatest()];
  expectSameOverrides(oldest, latest);
  const apps = examples();
  for (const folder of [oldest, latest]) {
    fs.cpSync(path.join(ROOT, 'examples'), path.join(folder, 'examples'), { recursive: true });
    fs.rmSync(path.join(folder, 'examples/tsconfig.json'));
  }
  workspace.typecheck(oldest, apps);
  for (const app of apps) {
    expectSameTemplates(workspace.synthesized(oldest, app, CONTEXT), workspace.synthesized(latest, app, CONTEXT));
    console.log(`   ${app}`);
  }
}

/** Packages in Java, C# and Go would not compile with one of the two. */
function expectSameOverrides(oldest: string, latest: string): void {
  const [then, now] = [oldest, latest].map((folder) => assemblyIn(folder, 'aws-cdk-lib'));
  const changed = changedOverrides(assemblyIn(oldest, NAME), then, now);
  if (changed.length > 0) throw new Error(`the CDK changed what the library implements:\n${changed.join('\n')}`);
}

function examples(): string[] {
  const folders = fs.readdirSync(path.join(ROOT, 'examples'));
  return folders.map((folder) => `examples/${folder}/app.ts`).filter((app) => fs.existsSync(path.join(ROOT, app)));
}
