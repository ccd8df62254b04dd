import type { ColumnMetaData, PageHeader, RowGroup } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';

/** Values that a byte of a dictionary may be: as many as it has bits. */
const VALUES_OF_BYTE = 8;

/**
 * Throws for pages of a row group that say to have more values than it has rows, or than the bytes of a dictionary can be: room is made for as many as a
 * page says, before one is read. No column has lists, so that a row has one value of each, missing or not.
 *
 * @see https://parquet.apache.org/docs/file-format/data-pages/
 */
export function refuseFalsePages(file: Uint8Array, { columns, num_rows: rows }: RowGroup): void {
  for (const { meta_data: column } of columns) if (column) refuseFalsePagesOf(file, column, Number(rows));
}

function refuseFalsePagesOf(file: Uint8Array, column: ColumnMetaData, rows: number): void {
  const isFlat = column.path_in_schema.length === 1;
  let values = 0;
  for (const header of headersOf(file, column)) {
    const { data_page_header: page, data_page_header_v2: newer, dictionary_page_header: dictionary } = header;
    const bytes = Number(header.uncompressed_page_size);
    refuseOver(dictionary?.num_values ?? 0, VALUES_OF_BYTE * bytes, `a dictionary of ${bytes} bytes`);
    values += page?.num_values ?? newer?.num_values ?? 0;
    refuseOver(values, rows, `a row group of ${rows} rows`);
    if (isFlat && values === rows) return; // what comes is not read
  }
}

/** The headers of a column's pages, one after the other; a page is stepped over. */
function* headersOf(file: Uint8Array, column: ColumnMetaData): Generator<PageHeader> {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const end = Math.min(start + Number(column.total_compressed_size), file.length);
  const reader = { view: new DataView(file.buffer, file.byteOffset + start, Math.max(0, end - start)), offset: 0 };
  while (reader.offset < reader.view.byteLength - 1) {
    const header = parquetHeader(reader);
    yield header;
    if (!(header.compressed_page_size >= 0)) throw new Error('a page says to have no length');
    reader.offset += header.compressed_page_size;
  }
}

function refuseOver(values: number, most: number, what: string): void {
  if (values > most) throw new Error(`pages say to have ${values} values in ${what}`);
}
