import { filesTogether, type PartReader } from '../../../analysis';

/** Lets several readers read the same bytes at once; lines that they look at in the same way are found once. */
export function readersTogether<Part>(readers: readonly PartReader<Part>[]): PartReader<Part[]> {
  return {
    file: (name, ...what) => filesTogether(readers.map((reader) => reader.file(name, ...what))),
    rows(name, columnNames) {
      const all = readers.map((reader) => reader.rows(name, columnNames));
      return {
        row(fields) {
          for (const rows of all) rows.row(fields);
        },
        end() {
          for (const rows of all) rows.end();
        },
        giveUp(detail, reason) {
          for (const rows of all) rows.giveUp(detail, reason);
        },
      };
    },
    finish: (ownCalls) => readers.map((reader) => reader.finish(ownCalls)),
  };
}
