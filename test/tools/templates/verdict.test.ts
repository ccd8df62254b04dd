import type { Change } from '../../../tools/templates/comparison';
import { reportOf } from '../../../tools/templates/report';
import { faultsOf, releaseSize, type StackChanges } from '../../../tools/templates/verdict';

function changed(change: Partial<Change>): StackChanges[] {
  const whole = { fate: 'changed', path: 'Data', type: 'AWS::S3::Bucket', reasons: [], differences: [] } as const;
  return [{ app: 'app', stack: 'Stack', changes: [{ ...whole, ...change }] }];
}

const REVIEW = { app: 'app', stack: 'Stack', path: 'Data', reason: 'it is empty' };

test('a release that changes only assets is a patch, any other a minor', () => {
  expect(releaseSize(changed({ fate: 'assets' }))).toBe('patch');
  expect(releaseSize(changed({ fate: 'changed' }))).toBe('minor');
  expect(releaseSize(changed({ fate: 'added' }))).toBe('minor');
});

describe('what holds state', () => {
  test.each(['removed', 'replaced', 'refused'] as const)('may not be %s', (fate) => {
    const message = `app/Stack/Data (AWS::S3::Bucket) holds state and is ${fate}`;
    expect(faultsOf(changed({ fate }), [])).toEqual([message]);
  });

  test.each(['added', 'changed', 'assets'] as const)('may be %s', (fate) => {
    expect(faultsOf(changed({ fate }), [])).toEqual([]);
  });

  test.each([
    'AWS::DynamoDB::Table',
    'AWS::KMS::Key',
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::SNS::Topic',
    'AWS::SQS::Queue',
  ])('is %s', (type) => {
    expect(faultsOf(changed({ fate: 'removed', type }), [])).toHaveLength(1);
  });

  test('may be lost after a review that names it, and no other', () => {
    const lost = changed({ fate: 'removed' });
    expect(faultsOf(lost, [REVIEW])).toEqual([]);
    for (const other of [{ app: 'b' }, { stack: 'B' }, { path: 'B' }]) {
      expect(faultsOf(lost, [{ ...REVIEW, ...other }])).toHaveLength(2);
    }
  });

  test('has no review when it is not lost', () => {
    expect(faultsOf(changed({ fate: 'changed' }), [REVIEW])).toEqual([
      'app/Stack/Data is reviewed, but not lost: take it off the list',
    ]);
  });
});

test('what holds no state may be replaced, but not refused', () => {
  const type = 'AWS::IAM::Role';
  expect(faultsOf(changed({ type, fate: 'replaced' }), [])).toEqual([]);
  expect(faultsOf(changed({ type, fate: 'refused', reasons: ['why'] }), [])).toEqual([
    'app/Stack/Data (AWS::IAM::Role): why',
  ]);
});

describe('the report', () => {
  test('says of a patch that nothing changes, whatever the hashes of assets', () => {
    expect(reportOf(changed({ fate: 'assets' }), [])).toMatch(
      /Nothing changes but code.*## app: Stack\n\nNo change\./s,
    );
    expect(reportOf(changed({ fate: 'assets' }), [])).toBe(reportOf([{ ...changed({})[0], changes: [] }], []));
  });

  test('says what changes and how, with values that are cut', () => {
    const differences = [{ at: 'Properties.A', before: '"x"', after: `"${'y'.repeat(100)}"` }];
    expect(reportOf(changed({ differences }), [])).toContain(
      `### Changed in place\n\n- Data (AWS::S3::Bucket)\n  - Properties.A: \`"x"\` -> \`"${'y'.repeat(59)}...\`\n`,
    );
  });

  test('says why something is replaced, that it holds state, and that this is not to be released', () => {
    const text = reportOf(changed({ fate: 'replaced', reasons: ['BucketName'] }), []);
    expect(text).toContain('### Replaced\n\n- Data (AWS::S3::Bucket) **holds state**\n  - BucketName\n');
    expect(text).toContain('**Not to be released:**\n\n- app/Stack/Data (AWS::S3::Bucket) holds state and is replaced');
  });

  test('names what was reviewed, with the reason', () => {
    const text = reportOf(changed({ fate: 'removed' }), [REVIEW]);
    expect(text).toContain('## State that is lost on purpose\n\n- app/Stack/Data: it is empty\n');
    expect(text).not.toContain('Not to be released');
  });
});
