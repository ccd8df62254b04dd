import { Failure } from './failure';

/** The value of an environment variable that the construct sets. Throws `MissingEnvironment` when it is absent or empty. */
export function environment(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Failure(
    'MissingEnvironment',
    `environment variable '${name}' is not set; the construct sets it at a deployment: deploy the stack again`,
  );
}
