import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { run } from './command';
import { type Templates, templatesIn } from './templates';

/** The project's own folder. */
export const ROOT = path.resolve(__dirname, '../..');

const { name, peerDependencies, devDependencies } = JSON.parse(
  fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
) as { name: string; peerDependencies: Versions; devDependencies: Versions };

/** The library's own name. */
export const NAME = name;

interface Versions {
  readonly [dependency: string]: string;
}

/** The oldest versions of the peers that users may have. */
export const FLOOR = {
  cdk: peerDependencies['aws-cdk-lib'].replace('^', ''),
  constructs: peerDependencies.constructs.replace('^', ''),
};

const TSC = path.join(ROOT, 'node_modules/typescript/bin/tsc');
const TSX = path.join(ROOT, 'node_modules/.bin/tsx');

/** A folder outside the project in which packages are built and used as users do; it is removed at the end. */
export class Workspace {
  /** Its path. */
  public readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `${NAME}-verify-`)));
  private readonly kept = new Map<string, unknown>();

  /** A new folder within. */
  public subfolder(id: string): string {
    const folder = path.join(this.folder, id);
    fs.mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Path of the packed library: what `npm publish` would send. */
  public packed(): string {
    return this.once('packed', () => {
      for (const file of ['.jsii', 'build/index.js', 'assets/cli/index.mjs']) {
        if (!fs.existsSync(path.join(ROOT, file)))
          throw new Error(`there is no ${file}: run 'npm test' or 'npm run build' first`);
      }
      const args = ['pack', '--json', '--ignore-scripts', '--silent', '--pack-destination', this.folder];
      const [{ filename }] = JSON.parse(run('npm', args, { cwd: ROOT })) as [{ filename: string }];
      return path.join(this.folder, filename);
    });
  }

  /** A folder in which the packed library is installed, with the oldest peers. */
  public appOnFloor(): string {
    return this.once('floor', () => this.app('floor', FLOOR.cdk, FLOOR.constructs));
  }

  /** The same with the peers that this project is tested with. */
  public appOnLatest(): string {
    return this.once('latest', () => this.app('latest', devDependencies['aws-cdk-lib'], FLOOR.constructs));
  }

  /** The template of the README's first app, in TypeScript, on the oldest peers: what every other language has to come to. */
  public firstApp(): Templates {
    return this.once('first app', () => {
      const [, snippet] =
        /^```ts\b[^\n]*\n([\s\S]*?)^```/m.exec(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8')) ?? [];
      fs.writeFileSync(path.join(this.appOnFloor(), 'first.ts'), snippet);
      return this.synthesized(this.appOnFloor(), 'first.ts');
    });
  }

  /** Runs a TypeScript app and returns its templates. */
  public synthesized(folder: string, file: string, context: object = {}): Templates {
    const outdir = this.subfolder(`cdk.out/${path.basename(folder)}/${file.replace(/\W/g, '-')}`);
    run(TSX, [file], { cwd: folder, env: { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) } });
    return templatesIn(outdir);
  }

  /** Type-checks TypeScript files of a folder, with the declarations of all packages. */
  public typecheck(folder: string, files: readonly string[]): void {
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'node16', '--types', 'node'];
    run(process.execPath, [TSC, ...options, ...files], { cwd: folder });
  }

  /** Removes the folder. */
  public remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private app(id: string, cdk: string, constructs: string): string {
    const folder = this.subfolder(id);
    fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
    const types = `@types/node@${devDependencies['@types/node']}`;
    const packages = [this.packed(), `aws-cdk-lib@${cdk}`, `constructs@${constructs}`, types];
    run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...packages], { cwd: folder });
    return folder;
  }

  private once<T>(id: string, make: () => T): T {
    if (!this.kept.has(id)) this.kept.set(id, make());
    return this.kept.get(id) as T;
  }
}
