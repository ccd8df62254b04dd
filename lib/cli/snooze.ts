import { quietCommand } from './quiet-command';

/** Lets all findings of a monitor be quiet for some time, new ones as well. Runs that fail, and what is not read or checked, are told all the same. */
export const snooze = quietCommand({
  name: 'snooze',
  kind: 'Snoozed',
  summary: 'lets the findings of a monitor be quiet for hours or days',
});
