import fc from 'fast-check';
import { decisionMessage } from '../../lib/notification/decision-message';
import { digest } from '../../lib/notification/digest';
import { issueMessage } from '../../lib/training/issue-message';
import { nastyText, SEED } from '../fixtures/nasty-text';
import { leftBy } from '../outcome/run';

// Every message in which a stranger's text may stand, with one in each place; that of an ended test has names of variants and metrics alone, which are ours.

const WHERE = { region: 'eu-west-1', documentationUrl: 'https://docs.example.com' };
const SPELL = { since: '2026-03-04T07:00:00.000Z', until: '2026-03-04T08:00:00.000Z', windows: 1 };
const CHANGES = ['Begun', 'Grown', 'Ended', 'FailuresBegun', 'FailuresEnded', 'Accepted', 'Snoozed', 'Paused'] as const;

type Texts = readonly string[];

function outcomeOf([feature, description, endpointName, reason, by, ...more]: Texts, change: (typeof CHANGES)[number]) {
  const [failureReason, dataName] = more;
  const found = { feature, check: 'own_check', description, confirmed: true };
  const said = { kind: 'Accepted', id: 'i', until: SPELL.until, by, reason } as const;
  const incident = {
    ...SPELL,
    id: SPELL.since,
    quietWindows: 0,
    findingCount: 2,
    newCount: 2,
    findings: [{ feature, check: description }],
  };
  return leftBy(
    {},
    {
      ...{
        status: 'CompletedWithViolations',
        violationCount: 1,
        acceptedCount: 1,
        endpointName,
        dataName,
        recordCount: 200,
      },
      ...{ violations: [found, { ...found, confirmed: false, accepted: said }], failureReason },
      ...{
        incidents: { changes: [change as 'Begun'], incident, failures: SPELL },
        paused: said,
        health: 1,
        healthReasons: [reason],
      },
      ...{ leftOut: [{ feature, check: 'own_check', reason }], leftOutCount: 1 },
    },
  ).outcome;
}

const training = ([work, reason, rule]: Texts) =>
  issueMessage(
    {
      version: '1',
      watch: 'Stack/Training',
      work,
      arn: 'arn',
      issue: 'RuleFoundIssues',
      reason,
      rule,
      isStopped: false,
    },
    WHERE,
  );

const MESSAGES: { readonly [name: string]: (texts: Texts) => { readonly subject: string; readonly body: string } } = {
  ...Object.fromEntries(CHANGES.map((change) => [change, (texts: Texts) => digest(outcomeOf(texts, change), WHERE)])),
  decision: (texts) =>
    decisionMessage(
      outcomeOf(texts, 'Begun'),
      { version: '1', trigger: 't', pipelineName: texts[7], decision: 'Declined', reason: texts[6] as 'CoolDown' },
      WHERE,
    ),
  training,
};

/** Addresses that can be clicked. */
const ADDRESSES = /(?:s3|https):\/\/\S+/g;

test(`no text adds a line, a link or an order to a message: 10,000 texts, seed ${SEED}`, () => {
  let used = 0;
  fc.assert(
    fc.property(fc.array(nastyText, { minLength: 8, maxLength: 8 }), (texts) => {
      for (const [name, told] of Object.entries(MESSAGES)) {
        const { subject, body } = told(texts);
        const plain = told(texts.map(() => 'x'));
        expect([name, body.split('\n').length]).toEqual([name, plain.body.split('\n').length]);
        expect(body).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u);
        expect(body.match(ADDRESSES) ?? []).toEqual(plain.body.match(ADDRESSES) ?? []);
        expect(body).not.toMatch(/evil\.example|\bjavascript:/);
        expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
      }
      used += texts.length;
    }),
    { numRuns: 1300, seed: SEED },
  );
  expect(used).toBeGreaterThan(10_000);
});
