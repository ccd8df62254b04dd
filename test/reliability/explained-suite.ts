import type { Intercepted } from './intercepted';
import { interceptedSuite } from './seeds';

/** Lets the calls of handlers wait as `interceptedSuite` does; those of a model are asked again at once, where others would wait at random. */
export function explainedSuite(): Intercepted {
  const before = { ...process.env };
  const drawn = jest.spyOn(Math, 'random').mockReturnValue(0);
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' });
  process.env.SAGEMAKER_RUNTIME_HOST = 'runtime.sagemaker.eu-west-1.amazonaws.com';
  afterAll(() => {
    process.env = before;
    drawn.mockRestore();
  });
  return interceptedSuite();
}
