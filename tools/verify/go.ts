import * as path from 'node:path';
import { run } from './command';
import { fileIn, firstAppIn, packageFor } from './language';
import { expectSameTemplates, templatesIn } from './templates';
import type { Workspace } from './workspace';

const MODULE = 'github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring-go/cdksagemakermonitoring';

/** The first app in Go: built with the module of the library, and with TypeScript's template. */
export function go(workspace: Workspace): void {
  const library = path.dirname(fileIn(packageFor(workspace, 'go', { codeOnly: true }), 'go.mod'));
  const cwd = firstAppIn(workspace, 'go');
  run('go', ['mod', 'edit', `-replace=${MODULE}=${library}`], { cwd });
  run('go', ['mod', 'tidy'], { cwd });
  run('go', ['vet', '.'], { cwd });
  run('go', ['run', '.'], { cwd, env: { CDK_OUTDIR: path.join(cwd, 'cdk.out') } });
  expectSameTemplates(templatesIn(path.join(cwd, 'cdk.out')), workspace.firstApp());
}
