import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DOCUMENTATION_URL } from '../../lib/core/contract';
import { throwIfAny, ValidationError } from '../../lib/core/validation-error';

/** Where the codes of errors are explained. */
const ERRORS = `${DOCUMENTATION_URL}/errors.md`;

const PROBLEM = { prop: 'samplingPercentage', got: 120, allowed: 'a whole number from 0 to 100' };

describe('a validation error', () => {
  test('says code first, then the prop in quotes, what it got and what is allowed', () => {
    expect(new ValidationError('InvalidCapture', [PROBLEM]).message).toBe(
      "InvalidCapture: 'samplingPercentage' is 120, allowed is a whole number from 0 to 100 " +
        `(${ERRORS}#invalidcapture)`,
    );
  });

  test('says where, and what to change', () => {
    const scope = new Construct(new Stack(new App(), 'Stack'), 'Churn');
    const problem = { ...PROBLEM, got: 0.2, advice: 'it is a percentage, not a share' };
    expect(new ValidationError('InvalidCapture', [problem], scope).message).toBe(
      "InvalidCapture at Stack/Churn: 'samplingPercentage' is 0.2, allowed is a whole number from 0 to 100 " +
        `(it is a percentage, not a share) (${ERRORS}#invalidcapture)`,
    );
  });

  test('says all problems at once', () => {
    const problems = [PROBLEM, { prop: 'prefix', got: '/a', allowed: 'no leading slash' }];
    expect(new ValidationError('InvalidCapture', problems).message).toBe(
      "InvalidCapture: 'samplingPercentage' is 120, allowed is a whole number from 0 to 100; " +
        `'prefix' is "/a", allowed is no leading slash (${ERRORS}#invalidcapture)`,
    );
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['', '""'],
    [[], '[]'],
    [{ completeness: 2 }, '{"completeness":2}'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('shows %p as %s', (got, shown) => {
    expect(new ValidationError('Invalid', [{ ...PROBLEM, got }]).message).toContain(`is ${shown}, allowed`);
  });

  test('names the app itself where there is no path', () => {
    expect(new ValidationError('Invalid', [PROBLEM], new App()).message).toMatch(/^Invalid at the app: /);
  });

  test('can be told from others by name and code', () => {
    expect(new ValidationError('Invalid', [PROBLEM])).toMatchObject({ name: 'ValidationError', code: 'Invalid' });
  });
});

test('the address is that of the context of its scope', () => {
  const app = new App({ context: { 'cdk-sagemaker-monitoring:documentationUrl': 'https://wiki.example.com/ml/' } });
  const { message } = new ValidationError('InvalidCapture', [PROBLEM], new Stack(app, 'Stack'));
  expect(message).toMatch(/ \(https:\/\/wiki\.example\.com\/ml\/errors\.md#invalidcapture\)$/);
});

describe('throwIfAny', () => {
  test('fails with the problems', () => {
    expect(() => throwIfAny('Invalid', [PROBLEM])).toThrow("Invalid: 'samplingPercentage' is 120");
  });

  test('does nothing without problems', () => {
    expect(() => throwIfAny('Invalid', [])).not.toThrow();
  });
});
