import { run } from './command';
import { ROOT } from './workspace';

/** The tests `{name}.long.test.ts`, each of which takes a minute or more: `npm test` leaves them out. */
export function longTests(): void {
  run(
    'npx',
    ['jest', '--ci', '--testPathIgnorePatterns', '/node_modules/', '--testPathPatterns', String.raw`\.long\.test\.ts$`],
    { cwd: ROOT },
  );
}
