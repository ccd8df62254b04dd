import { run } from './command';
import { ROOT } from './workspace';

/** The examples of README.md, of the doc comments and of docs/ compile. */
export function snippets(): void {
  run('npx', ['projen', 'snippets'], { cwd: ROOT });
}
