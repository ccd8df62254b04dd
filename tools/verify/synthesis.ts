import { run } from './command';
import { ROOT } from './workspace';

/** The app that synthesis is compared with makes the same resources as the library's, which promise the same. Its times are printed, and are no test. */
export function synthesis(): void {
  const options = ['--', '--rounds', '1', '--endpoints', '1', '--endpoints', '15'];
  console.log(run('npm', ['run', '--silent', 'bench:synthesis', ...options], { cwd: ROOT }).trimEnd());
}
