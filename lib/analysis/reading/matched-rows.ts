import { MAX_COLUMNS } from '../batch/field-memory';
import type { StringRange } from './capture-fields';

const SPACE = 32;

/** Whether the data of a side are surely one row, whose fields are known: a blank line is perhaps none. */
export const isOneRow = (memory: Uint8Array, { from, to, count }: StringRange): boolean =>
  from !== to && count <= MAX_COLUMNS && (count > 1 || memory[from] > SPACE);
