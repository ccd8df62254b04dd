import { run } from './command';
import { ROOT } from './workspace';

/** The worst payloads that were found, and windows of requests that once ended functions, take as little time and memory as they may. */
export function cost(): void {
  console.log(run('npm', ['run', '--silent', 'fuzz:cost', '--', '--worst'], { cwd: ROOT }).trimEnd());
}
