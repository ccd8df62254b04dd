import { requireProps, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { RequestUnitSettings } from '../monitor/contract';

/**
 * What requests are of that depend on each other: a person, a device, a session. A test counts units, and not requests.
 *
 * What stands here is a hash's group of 128 in the data that a monitor keeps, and nothing else.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 *
 * @example
 * RequestUnit.customAttribute('user'); // of X-Amzn-SageMaker-Custom-Attributes: user=17; test=1
 */
export class RequestUnit {
  /**
   * What stands behind the name of a custom attribute, up to a comma or a semicolon, as `17` of `user=17; test=1`.
   *
   * @param name not empty, without `=`, `,` and `;`
   */
  public static customAttribute(name: string): RequestUnit {
    requireProps({ name }, { name: TEXT });
    const problem: Problem = { prop: 'name', got: name, allowed: "a text that is not empty, without '=', ',' and ';'" };
    throwIfAny('InvalidVariantTest', /^[^=,;]+$/.test(name) && name === name.trim() ? [] : [problem]);
    return new RequestUnit({ customAttribute: name });
  }

  /**
   * What stands before a text in the inference identifier, as `17` of `17/8f2c` before `/`.
   *
   * @param text not empty, at most 63 characters: identifiers have at most 64
   */
  public static inferenceIdBefore(text: string): RequestUnit {
    requireProps({ text }, { text: TEXT });
    const problem: Problem = { prop: 'text', got: text, allowed: 'a text of 1 to 63 characters' };
    throwIfAny('InvalidVariantTest', text.length >= 1 && text.length <= 63 ? [] : [problem]);
    return new RequestUnit({ inferenceIdBefore: text });
  }

  private constructor(
    /** @internal */
    public readonly _settings: RequestUnitSettings,
  ) {}
}
