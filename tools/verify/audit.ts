import { spawnSync } from 'node:child_process';
import { bundledPackages } from '../notices/bundled-package';
import { NotVerifiable } from './not-verifiable';
import { ROOT } from './workspace';

/** What `npm audit --json` answers, as far as it is read; without `vulnerabilities` where the registry did not answer. */
export interface AuditAnswer {
  readonly message?: string;
  /** by name of package */
  readonly vulnerabilities?: {
    readonly [name: string]: {
      readonly severity: string;
      /** advisories, and names of packages by which they reach this one */
      readonly via: readonly (string | { readonly title: string; readonly url: string })[];
    };
  };
}

/**
 * No package whose code is bundled has an advisory: users cannot update what is bundled. Those that only build and test the library are not judged.
 *
 * @see https://docs.npmjs.com/cli/commands/npm-audit
 */
export async function audit(): Promise<void> {
  const names = (await bundledPackages()).map(({ name }) => name);
  const { stdout } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], { cwd: ROOT, encoding: 'utf8' });
  const found = advisories(JSON.parse(stdout || '{}'), names);
  if (found.length > 0) throw new Error(`what is bundled has advisories; update it:\n${found.join('\n')}`);
}

/** The advisories of these packages, a line each. Throws `NotVerifiable` where the registry did not answer. */
export function advisories({ vulnerabilities, message }: AuditAnswer, names: readonly string[]): string[] {
  if (!vulnerabilities) throw new NotVerifiable(`the registry answers no audit: ${message ?? 'no answer'}`);
  return names.flatMap((name) =>
    (vulnerabilities[name]?.via ?? []).map((advisory) => {
      const words = typeof advisory === 'string' ? `by way of ${advisory}` : `${advisory.title} (${advisory.url})`;
      return `${name}, ${vulnerabilities[name].severity}: ${words}`;
    }),
  );
}
