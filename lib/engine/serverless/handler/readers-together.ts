import type { FileReader, PartReader } from '../../../analysis';

/** Lets several readers read the same bytes at once, each for itself: they stay as they are. */
export function readersTogether<Part>(readers: readonly PartReader<Part>[]): PartReader<Part[]> {
  return {
    file: (name, content) => filesTogether(readers.map((reader) => reader.file(name, content))),
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
    finish: () => readers.map((reader) => reader.finish()),
  };
}

function filesTogether(files: readonly FileReader[]): FileReader {
  return {
    push(chunk) {
      for (const file of files) file.push(chunk);
    },
    end() {
      for (const file of files) file.end();
    },
    giveUp(detail) {
      for (const file of files) file.giveUp(detail);
    },
  };
}
