import type { Acknowledgement } from './acknowledgement';

/**
 * Why a policy has wildcards, by what has them.
 *
 * @internal
 */
export class WildcardReasons {
  private readonly reasons = new Map<string, Set<string>>();

  /** Says why; those that have no wildcard need no reason. */
  public add(of: 'Action' | 'Resource', texts: readonly string[], reason: string): void {
    for (const text of texts) {
      if (!text.includes('*')) continue;
      const finding = `${of}::${text}`;
      this.reasons.set(finding, (this.reasons.get(finding) ?? new Set()).add(reason));
    }
  }

  /** As cdk-nag has to be told. */
  public acknowledgements(): Acknowledgement[] {
    return [...this.reasons].map(([finding, reasons]) => ({ rule: 'IAM5', finding, reason: [...reasons].join('; ') }));
  }
}
