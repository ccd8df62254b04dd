import { run } from './command';
import { ROOT } from './workspace';

/** The examples of README.md and of the doc comments compile. */
export function snippets(): void {
  run('npx', ['projen', 'snippets'], { cwd: ROOT });
}
