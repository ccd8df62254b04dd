import { DOCUMENTATION_URL, DOCUMENTATION_VARIABLE } from '../core/contract';

/** Where the documents of this library are read: what the construct says, if anything. */
export function documentationUrl(): string {
  return process.env[DOCUMENTATION_VARIABLE] || DOCUMENTATION_URL;
}
