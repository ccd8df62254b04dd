import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from './command';
import { firstAppIn, packageFor } from './language';
import { expectSameTemplates, templatesIn } from './templates';
import type { Workspace } from './workspace';

/** Writes the class path of each module into a file below the module. */
const CLASSPATH = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath';

/** The first app in Java: compiled against the library's own sources in Java, and with TypeScript's template. */
export function java(workspace: Workspace): void {
  const library = packageFor(workspace, 'java', { codeOnly: true });
  fixVersions(path.join(library, 'pom.xml'));
  const app = firstAppIn(workspace, 'java');
  const cwd = path.dirname(app);
  fs.writeFileSync(path.join(cwd, 'pom.xml'), reactor([path.relative(cwd, library), path.basename(app)]));
  // a goal of the same build, so that the app finds the library without an installation of it
  run('mvn', ['-q', '-B', 'compile', CLASSPATH, '-Dmdep.outputFile=target/classpath'], { cwd });
  const packages = fs.readFileSync(path.join(app, 'target/classpath'), 'utf8').trim();
  const outdir = path.join(app, 'cdk.out');
  run('java', ['-cp', `target/classes:${packages}`, 'churn.App'], { cwd: app, env: { CDK_OUTDIR: outdir } });
  expectSameTemplates(templatesIn(outdir), workspace.firstApp());
}

/** Takes the oldest of each range, as the template that is compared does; Maven would take the newest, which not every repository has. */
function fixVersions(pom: string): void {
  const text = fs.readFileSync(pom, 'utf8');
  fs.writeFileSync(pom, text.replace(/\[(\d+\.\d+\.\d+),\d[^)]*\)/g, '$1'));
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
