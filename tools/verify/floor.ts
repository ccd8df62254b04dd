import * as fs from 'node:fs';
import * as path from 'node:path';
import { expectSameTemplates } from './templates';
import { ROOT, type Workspace } from './workspace';

const CONTEXT = { trainingData: path.join(ROOT, 'test/examples/fixtures/training.csv') };

/**
 * The examples compile with the oldest peers that `package.json` allows, and synthesize from the installed package to what they
 * synthesize to with the peers of the tests: an older CDK silently leaves out what it does not know.
 */
export function floor(workspace: Workspace): void {
  const [oldest, latest] = [workspace.appOnFloor(), workspace.appOnLatest()];
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

function examples(): string[] {
  const folders = fs.readdirSync(path.join(ROOT, 'examples'));
  return folders.map((folder) => `examples/${folder}/app.ts`).filter((app) => fs.existsSync(path.join(ROOT, app)));
}
