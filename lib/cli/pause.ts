import { quietCommand } from './quiet-command';

/**
 * Lets a monitor be quiet while somebody works on what it watches: its findings, and runs that fail or are less than whole. They are made and reported all
 * the same, and say so; runs that are not made are told.
 */
export const pause = quietCommand({
  name: 'pause',
  kind: 'Paused',
  summary: 'lets a monitor be quiet while somebody works on what it watches, failures as well',
});
