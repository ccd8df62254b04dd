import type { ReportedVariants } from '../../outcome/contract';
import type { VariantSettings } from './contract';

/** What becomes of the records of a folder. */
export type FolderUse = 'read' | 'leftOut' | 'unknown';

/** Names that are reported of each use; an endpoint has at most 10 production variants, and whoever writes there can make more folders. */
const NAMES = 20;

/** The name of a folder with a trailing slash: that of its variant. */
export const variantOf = (folder: string): string => folder.split('/').at(-2) ?? '';

/** What becomes of the records of a variant. A folder that is neither read nor known beside is unknown, where it is known what there is. */
export function useOf(variant: string, settings: VariantSettings | undefined): FolderUse {
  if (!settings || settings.read.includes(variant)) return 'read';
  return settings.others === undefined || settings.others.includes(variant) ? 'leftOut' : 'unknown';
}

/** Variants that are asked for and have no folder: none where the app knows the endpoint's, and has compared the names. At most as many as are reported. */
export function absentVariants(folders: readonly string[], settings: VariantSettings | undefined): string[] {
  if (!settings || settings.others) return [];
  return settings.read.filter((name) => !folders.includes(name)).slice(0, NAMES);
}

/** A variant with records in a window. */
export interface UsedVariant {
  readonly variant: string;
  readonly use: FolderUse;
}

/** What a report says of the variants with records; undefined without any that is known. */
export function reportedVariants(used: readonly UsedVariant[]): ReportedVariants | undefined {
  const namesOf = (asked: FolderUse) =>
    used.flatMap(({ variant, use }) => (use === asked ? [variant] : [])).slice(0, NAMES);
  const [read, leftOut] = [namesOf('read'), namesOf('leftOut')];
  return read.length + leftOut.length === 0 ? undefined : { read, leftOut };
}
