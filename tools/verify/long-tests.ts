import { run } from './command';
import { ROOT } from './workspace';

/** The tests `{name}.long.test.ts`, which take long, or rehearse what a shorter one rehearses in part: `npm test` leaves them out. */
export function longTests(): void {
  run(
    'npx',
    ['jest', '--ci', '--testPathIgnorePatterns', '/node_modules/', '--testPathPatterns', String.raw`\.long\.test\.ts$`],
    { cwd: ROOT },
  );
}
