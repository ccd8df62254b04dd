// Areas of the one memory for all that works on fields: what JavaScript and WebAssembly hand to each other.

/** A row of more columns is not profiled: each column has a memory of its own. */
export const MAX_COLUMNS = 8192;
/** Fields of a batch. */
export const MAX_FIELDS = 16_384;
/** How much text is taken at a time: enough to work column by column, few enough to stay in the processor's cache. */
export const TEXT_BYTES = 256 * 1024;

/** For captured records beside their text. */
export const CAPTURE_BYTES = 128 * 1024;

/** WebAssembly reads and writes sixteen bytes at a time, past the end of what it is asked for. */
const SLACK_BYTES = 16;
/** Registers of HyperLogLog++, a byte each. */
export const REGISTER_COUNT = 512;

let size = 0;

/** The address of an area behind those before, for words of any width. */
function area(bytes: number): number {
  const address = size;
  size += Math.ceil((bytes + SLACK_BYTES) / 16) * 16;
  return address;
}

/** The registers of one column, see `field-hashes.wat`. */
export const REGISTERS_AT = area(REGISTER_COUNT);
/** The position of each field's first byte, as words. */
export const STARTS_AT = area(4 * MAX_FIELDS);
/** The position behind each field's last byte, as words. */
export const ENDS_AT = area(4 * MAX_FIELDS);
/** The hashes of one column, as words, see `field-hashes.wat`. */
export const HASHES_AT = area(4 * MAX_FIELDS);
/** Two words, 16 powers of ten, and the numbers, see `field-numbers.wat`. */
export const NUMBERS_AT = area(8 * (1 + 16 + MAX_FIELDS));
/** Where text stands. */
export const TEXT_AT = area(TEXT_BYTES + 1);
/** Layouts of captured lines and what is found by them, see `capture-fields.wat`. */
export const CAPTURE_AT = area(CAPTURE_BYTES);
/** A key, and the hash of an identifier, see `identifier-hashes.wat`. */
export const IDENTIFIER_AT = area(32);

/** Of all areas. */
export const FIELD_MEMORY_BYTES = size;
