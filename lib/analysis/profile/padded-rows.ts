import { Profile } from './profile';
import { type TableProfile, tableFromState, tableState } from './table-profile';

/**
 * Captured rows of CSV as Model Monitor's container takes them: one with fewer fields than others is a row whose last columns are missing. That it pads is
 * seen in its outputs, to which width is not: here to that of most rows. Rows with more fields stay what they are, and do not fit. The profile itself is
 * not changed; one without rows, and one of rows with names, has nothing to pad.
 */
export function paddedRows(profile: Profile): Profile {
  const main = profile.mainTable();
  if (main?.shape !== 'width') return profile;
  const shorter = [...profile.tables.values()].filter((table) => isShorter(table, main));
  if (shorter.length === 0) return profile;
  const padded = tableFromState(tableState(main));
  for (const table of shorter) padded.merge(table, 0);
  const tables = new Map(profile.tables).set(main.key(), padded);
  for (const table of shorter) tables.delete(table.key());
  return Object.assign(new Profile(), profile, { tables });
}

const isShorter = (table: TableProfile, main: TableProfile): boolean =>
  table.shape === 'width' && table.columns.length < main.columns.length;
