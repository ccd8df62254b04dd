import type { Guards } from './guard';

const GATE = 'test/handlers/gate.test.ts';
const DIGEST = 'test/handlers/digest.test.ts';

/** Guards of what is believed, and of what is shown to people: whoever may call an endpoint, or put an event, writes it. */
export const BELIEVED: Guards = {
  'believed from anybody': [
    {
      what: 'gate and digest act on the report, not on what an event claims',
      file: 'lib/outcome/handler/told-outcome.ts',
      code: 'return isOfOutcome(detail, outcome) ? { outcome, concludedAt, comparison, due, times, location } : undefined;',
      without: 'return { outcome: detail, concludedAt, location };',
      tests: [GATE, DIGEST],
    },
    {
      what: 'an event whose report is not there is heard of',
      file: 'lib/outcome/handler/told-outcome.ts',
      code: 'if (!kept) throw notReported(detail, s3Uri(location));',
      without: 'if (!kept) return undefined;',
      tests: [GATE, DIGEST],
    },
    {
      what: 'an event about a monitor that its rule does not name does nothing',
      file: 'lib/outcome/handler/told-outcome.ts',
      code: "if (!known) throw malformedClaim('names a monitor that is not one of its rule');",
      without: 'if (!known) return { outcome: detail };',
      tests: [GATE, DIGEST],
    },
    {
      what: 'patterns name accounts and regions',
      file: 'lib/monitor/outcome-pattern.ts',
      code: 'account, region, detail };',
      without: 'detail };',
      tests: ['test/monitor/outcome-pattern.test.ts'],
    },
    {
      what: 'the address of a report leads nowhere else',
      file: 'lib/outcome/outcome-claim.ts',
      code: '/\\/(\\d{4}\\/\\d\\d\\/\\d\\d\\/\\d\\d(?:\\/\\d\\d)?)\\/$/',
      without: '/\\/(.*)\\/$/',
      tests: ['test/outcome/outcome-claim.test.ts'],
    },
    {
      what: 'monitors whose reports are not known are refused',
      file: 'lib/monitor/group-reports.ts',
      code: 'if (this.believed.length === 0 || isAcknowledged(this.scope)) return [];',
      without: 'return [];',
      tests: ['test/monitor/group-reports.test.ts'],
    },
    {
      what: 'control characters do not reach a mail',
      file: 'lib/notification/plain-text.ts',
      code: 'text.replace(UNPRINTABLE, ',
      without: 'text.replace(/(?!)/g, ',
      tests: ['test/notification/plain-text.test.ts', DIGEST],
    },
    {
      what: 'links of strangers cannot be clicked',
      file: 'lib/notification/plain-text.ts',
      code: ".replace(SCHEME, '[:]').replace(DOMAIN_DOT, '[.]')",
      without: '',
      tests: ['test/notification/plain-text.test.ts', DIGEST],
    },
    {
      what: 'a text of strangers is no longer than a few lines',
      file: 'lib/notification/plain-text.ts',
      code: 'return characters.length <= MOST_CHARACTERS',
      without: 'return characters.length >= 0',
      tests: ['test/notification/plain-text.test.ts'],
    },
    {
      what: 'each text of a message is one of these',
      file: 'lib/notification/plain-text.ts',
      code: "if (typeof value === 'string') return plain(value);",
      without: "if (typeof value === 'string') return value;",
      tests: ['test/notification/plain-text.test.ts', DIGEST],
    },
    {
      what: 'what is told of a training is text of strangers as well',
      file: 'lib/training/issue-message.ts',
      code: 'const detail = plainTexts(told);',
      without: 'const detail = told;',
      tests: ['test/training/issue-message.test.ts'],
    },
    {
      what: 'and so is what is told of a test of variants',
      file: 'lib/variant-test/test-message.ts',
      code: 'plain(endpoint)',
      without: 'endpoint',
      tests: ['test/variant-test/test-message.test.ts'],
    },
    {
      what: 'and of a decision about a training',
      file: 'lib/notification/decision-message.ts',
      code: 'plain(pipelineName)',
      without: 'pipelineName',
      tests: ['test/notification/decision-message.test.ts'],
    },
    {
      what: 'nothing that a page shows is markup',
      file: 'lib/report/html.ts',
      code: 'return escapeHtml(String(content));',
      without: 'return String(content);',
      tests: ['test/report/escaping.test.ts'],
    },
    {
      what: 'events of monitors with a bus of their own go there',
      file: 'lib/outcome/handler/publication.ts',
      code: 'eventBus === undefined ? event : { ...event, EventBusName: eventBus }',
      without: 'eventBus === null ? { ...event, EventBusName: eventBus } : event',
      tests: ['test/handlers/conclude-monitor.test.ts', 'test/handlers/reconcile.test.ts'],
      title: 'bus|told by the reconciler',
    },
    {
      what: 'a call of our own is one that we alone can sign',
      file: 'lib/engine/serverless/handler/own-call-check.ts',
      code: ' && captured.inferenceId === inferenceIdOf(run, call.number, captured.body)',
      without: '',
      tests: ['test/handlers/own-call-check.test.ts'],
    },
    {
      what: 'and is left out once, whoever repeats it',
      file: 'lib/engine/serverless/handler/own-call-check.ts',
      code: 'const isOwn = isCall && !known.has(call.number);',
      without: 'const isOwn = isCall;',
      tests: ['test/handlers/own-call-check.test.ts'],
    },
  ],
};
