/**
 * a / b for numbers that are not negative, where nothing of nothing is 0: 0 / 0 = 0, a / 0 = Infinity. A NaN gives NaN.
 *
 * @see https://github.com/aws/amazon-sagemaker-clarify/blob/master/src/smclarify/bias/metrics/common.py
 */
export function divide(a: number, b: number): number {
  return a === 0 && b === 0 ? 0 : a / b;
}

/**
 * a - b, where two equal infinities differ by 0. A NaN gives NaN.
 *
 * @see https://github.com/aws/amazon-sagemaker-clarify/blob/master/src/smclarify/bias/metrics/common.py
 */
export function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
