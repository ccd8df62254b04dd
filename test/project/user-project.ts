import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './source-files';
import { temporaryFolder } from './synthesis';

/** The name of the package. */
export const NAME = 'cdk-sagemaker-monitoring';

/** A user's project with the package in it, installed as npm does it for a user, `node_modules/.bin` and all; the peers are those of this project. */
export class UserProject {
  readonly folder = temporaryFolder();
  /** where the package is */
  readonly library = path.join(this.folder, 'node_modules', NAME);

  /** Packs what `npm test` has compiled before: build/ and assets/ are what would be published. Returns the files of the package, in order. */
  install(): string[] {
    const args = ['pack', '--json', '--ignore-scripts', '--silent', '--pack-destination', this.folder];
    const [{ filename, files }] = JSON.parse(run('npm', args, ROOT)) as {
      filename: string;
      files: { path: string }[];
    }[];
    fs.writeFileSync(path.join(this.folder, 'package.json'), '{ "private": true }');
    run('npm', ['install', '--offline', '--legacy-peer-deps', '--silent', `./${filename}`], this.folder);
    for (const peer of ['aws-cdk-lib', 'constructs', '@types']) {
      fs.symlinkSync(path.join(ROOT, 'node_modules', peer), path.join(this.folder, 'node_modules', peer));
    }
    return files.map((file) => file.path).sort();
  }

  /** A function of a user's with the package and the SDK, and without the CDK. */
  functionFolder(): string {
    const folder = temporaryFolder();
    fs.mkdirSync(path.join(folder, 'node_modules'));
    fs.cpSync(this.library, path.join(folder, 'node_modules', NAME), { recursive: true });
    for (const name of ['@aws-sdk', '@types']) {
      fs.symlinkSync(path.join(ROOT, 'node_modules', name), path.join(folder, 'node_modules', name));
    }
    return folder;
  }
}

interface Environment {
  readonly [name: string]: string;
}

/** Runs a command, and returns what it prints. Throws when it fails. */
export function run(command: string, [...args]: readonly string[], cwd: string, environment: Environment = {}): string {
  const env = { ...process.env, CDK_VALIDATION: 'false', ...environment };
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
