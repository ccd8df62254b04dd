import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from './command';
import { firstAppIn, packageFor } from './language';
import { expectSameTemplates, templatesIn } from './templates';
import { FLOOR, type Workspace } from './workspace';

/** The first app in Java: compiled against the library's own sources in Java, and with TypeScript's template. */
export function java(workspace: Workspace): void {
  const library = packageFor(workspace, 'java', { codeOnly: true });
  fixVersions(path.join(library, 'pom.xml'));
  const app = firstAppIn(workspace, 'java');
  const cwd = path.dirname(app);
  fs.writeFileSync(path.join(cwd, 'pom.xml'), reactor([path.relative(cwd, library), path.basename(app)]));
  // a goal of the same build, so that the app finds the library without an installation of it
  const goals = ['compile', 'org.codehaus.mojo:exec-maven-plugin:3.5.0:exec', '-Dexec.executable=java'];
  const outdir = path.join(app, 'cdk.out');
  const skipped = `-Dexec.skip=false`;
  run('mvn', ['-q', '-B', ...goals, skipped, '-Dexec.args=-cp %classpath churn.App'], {
    cwd,
    env: { CDK_OUTDIR: outdir },
  });
  expectSameTemplates(templatesIn(outdir), workspace.firstApp());
}

/** Maven takes the newest of a range, which not every repository has. */
function fixVersions(pom: string): void {
  const text = fs.readFileSync(pom, 'utf8');
  fs.writeFileSync(pom, text.replace(/\[(\d+\.\d+\.\d+),\d[^)]*\)/g, '$1').replaceAll(`[${FLOOR.cdk},`, FLOOR.cdk));
}

function reactor(modules: readonly string[]): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>verify</groupId>
  <artifactId>verify</artifactId>
  <version>0</version>
  <packaging>pom</packaging>
  <modules>${modules.map((module) => `<module>${module}</module>`).join('')}</modules>
</project>
`;
}
