import * as path from 'node:path';
import { run } from './command';
import { fileIn, firstAppIn, packageFor } from './language';
import { expectSameTemplates, templatesIn } from './templates';
import { FLOOR, type Workspace } from './workspace';

/** The first app in Python: from the wheel, type-checked, and with TypeScript's template. */
export function python(workspace: Workspace): void {
  const wheel = fileIn(packageFor(workspace, 'python'), '.whl');
  const cwd = firstAppIn(workspace, 'python');
  run('python3', ['-m', 'venv', '.venv'], { cwd });
  const bin = path.join(cwd, '.venv/bin');
  const packages = [wheel, `aws-cdk-lib==${FLOOR.cdk}`, 'mypy'];
  run(path.join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages], { cwd });
  run(path.join(bin, 'mypy'), ['--strict', 'app.py'], { cwd });
  run(path.join(bin, 'python'), ['app.py'], { cwd, env: { CDK_OUTDIR: path.join(cwd, 'cdk.out') } });
  expectSameTemplates(templatesIn(path.join(cwd, 'cdk.out')), workspace.firstApp());
}
