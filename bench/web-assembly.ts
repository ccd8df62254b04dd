// Assembles the part of the WebAssembly text format that this repository uses: an imported memory, functions, instructions one after the other.
// https://webassembly.github.io/spec/core/binary/index.html

const OPCODES: Readonly<Record<string, number>> = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  br_if: 0x0d,
  return: 0x0f,
  call: 0x10,
  select: 0x1b,
  'local.get': 0x20,
  'local.set': 0x21,
  'local.tee': 0x22,
  'i32.load': 0x28,
  'i64.load': 0x29,
  'f64.load': 0x2b,
  'i32.load8_u': 0x2d,
  'i32.load16_u': 0x2f,
  'i64.load8_u': 0x31,
  'i64.load32_u': 0x35,
  'i32.store': 0x36,
  'i64.store': 0x37,
  'f64.store': 0x39,
  'i32.store8': 0x3a,
  'i32.store16': 0x3b,
  'i32.const': 0x41,
  'i64.const': 0x42,
  'f64.const': 0x44,
  'i32.eqz': 0x45,
  'i32.eq': 0x46,
  'i32.ne': 0x47,
  'i32.lt_u': 0x49,
  'i32.gt_u': 0x4b,
  'i32.le_u': 0x4d,
  'i32.ge_u': 0x4f,
  'i64.eqz': 0x50,
  'i64.ge_u': 0x5a,
  'f64.lt': 0x63,
  'f64.gt': 0x64,
  'f64.le': 0x65,
  'f64.ge': 0x66,
  'i32.clz': 0x67,
  'i32.ctz': 0x68,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.and': 0x71,
  'i32.or': 0x72,
  'i32.xor': 0x73,
  'i32.shl': 0x74,
  'i32.shr_u': 0x76,
  'i64.clz': 0x79,
  'i64.add': 0x7c,
  'i64.mul': 0x7e,
  'i64.and': 0x83,
  'i64.or': 0x84,
  'i64.xor': 0x85,
  'i64.shl': 0x86,
  'i64.shr_u': 0x88,
  'i64.rotl': 0x89,
  'f64.add': 0xa0,
  'f64.sub': 0xa1,
  'f64.mul': 0xa2,
  'f64.div': 0xa3,
  'f64.min': 0xa4,
  'f64.max': 0xa5,
  'i32.wrap_i64': 0xa7,
  'i64.extend_i32_u': 0xad,
  'f64.convert_i64_s': 0xb9,
  'i64.reinterpret_f64': 0xbd,
};
/** Behind their prefix. */
const VECTOR_PREFIX = 0xfd;
const VECTOR_OPCODES: Readonly<Record<string, number>> = {
  'v128.load': 0x00,
  'v128.store': 0x0b,
  'v128.const': 0x0c,
  'i8x16.swizzle': 0x0e,
  'i8x16.splat': 0x0f,
  'i16x8.splat': 0x10,
  'i32x4.splat': 0x11,
  'i32x4.extract_lane': 0x1b,
  'f64x2.extract_lane': 0x21,
  'i8x16.eq': 0x23,
  'i8x16.lt_s': 0x25,
  'i8x16.lt_u': 0x26,
  'i8x16.le_s': 0x29,
  'i8x16.ge_s': 0x2b,
  'v128.and': 0x4e,
  'v128.andnot': 0x4f,
  'v128.or': 0x50,
  'v128.xor': 0x51,
  'v128.any_true': 0x53,
  'i8x16.bitmask': 0x64,
  'i8x16.add': 0x6e,
  'i8x16.sub': 0x71,
  'i16x8.narrow_i32x4_s': 0x85,
  'i16x8.shr_u': 0x8d,
  'i16x8.add': 0x8e,
  'i16x8.mul': 0x95,
  'i32x4.add': 0xae,
  'i32x4.dot_i16x8_s': 0xba,
  'f64x2.pmin': 0xf6,
  'f64x2.pmax': 0xf7,
};
const TYPES: Readonly<Record<string, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b };
const NO_RESULT = 0x40;

type Node = string | Node[];

/** Assembles a module. Throws when the text has what is not known here. */
export function assemble(text: string): Uint8Array {
  const [[, ...fields]] = parse(text) as Node[][];
  const functions = fields.filter((field) => field[0] === 'func').map((field) => readFunction(field as Node[]));
  const [, module, memory, [, pages]] = fields.find((field) => field[0] === 'import') as [
    string,
    string,
    string,
    string[],
  ];
  const indices = new Map(functions.map(({ name }, index) => [name, index]));
  const exported = functions.flatMap((each, index) => (each.export ? [[...name(each.export), 0, index]] : []));
  const sections = [
    section(
      1,
      functions.map(({ params, results }) => [0x60, ...vector(params), ...vector(results)]),
    ),
    section(2, [[...name(module), ...name(memory), 2, 0, Number(pages)]]),
    section(
      3,
      functions.map((_, index) => [index]),
    ),
    section(7, exported),
    section(
      10,
      functions.map((each) => code(each, indices)),
    ),
  ];
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}

interface Func {
  readonly name: string;
  readonly export?: string;
  readonly params: number[];
  readonly results: number[];
  /** of parameters and locals, by index */
  readonly names: string[];
  readonly locals: number[];
  readonly body: string[];
}

function parse(text: string): Node[] {
  const stack: Node[][] = [[]];
  for (const token of text.replaceAll(/;;.*/g, '').match(/[()]|[^\s()]+/g) ?? []) {
    if (token === '(') stack.push([]);
    else if (token === ')') {
      const list = stack.pop() ?? [];
      stack[stack.length - 1].push(list);
    } else stack[stack.length - 1].push(token);
  }
  return stack[0];
}

function readFunction(field: Node[]): Func {
  const lists = field.filter((node): node is string[] => Array.isArray(node));
  const declared = (kind: string) => lists.filter(([first]) => first === kind);
  const words = field.filter((node): node is string => typeof node === 'string').slice(1);
  const label = words[0]?.startsWith('$') ? words[0] : undefined;
  return {
    name: label ?? '',
    export: declared('export')[0]?.[1],
    params: declared('param').map(([, , type]) => TYPES[type]),
    results: declared('result').map(([, type]) => TYPES[type]),
    names: [...declared('param'), ...declared('local')].map(([, each]) => each),
    locals: declared('local').map(([, , type]) => TYPES[type]),
    body: label === undefined ? words : words.slice(1),
  };
}

function code({ locals, names, body }: Func, functions: ReadonlyMap<string, number>): number[] {
  const bytes: number[] = [];
  const labels: string[] = [];
  for (let at = 0; at < body.length; at++) {
    const word = body[at];
    bytes.push(...opcode(word));
    if (word === 'end') labels.pop();
    if (['block', 'loop', 'if'].includes(word)) {
      labels.push(body[at + 1].startsWith('$') ? body[++at] : '');
      bytes.push(NO_RESULT);
    } else if (word.startsWith('br')) bytes.push(labels.length - 1 - known(labels.lastIndexOf(body[++at]), body[at]));
    else if (word === 'call') bytes.push(known(functions.get(body[++at]) ?? -1, body[at]));
    else if (word.startsWith('local.')) bytes.push(known(names.indexOf(body[++at]), body[at]));
    else if (word === 'v128.const') bytes.push(...lanes(body[++at], () => body[++at]));
    else if (word.endsWith('.const')) bytes.push(...constant(word, body[++at]));
    else if (word.endsWith('.extract_lane')) bytes.push(Number(body[++at]));
    else if (/\.(load|store)/.test(word)) {
      // alignment is a mere hint: none is promised
      bytes.push(0, ...unsigned(body[at + 1]?.startsWith('offset=') ? Number(body[++at].slice(7)) : 0));
    }
  }
  const all = [...vectorOf(locals.map((type) => [1, type])), ...bytes, OPCODES.end];
  return [...unsigned(all.length), ...all];
}

function opcode(word: string): number[] {
  if (word in OPCODES) return [OPCODES[word]];
  if (word in VECTOR_OPCODES) return [VECTOR_PREFIX, ...unsigned(VECTOR_OPCODES[word])];
  throw new Error(`unknown instruction "${word}"`);
}

function constant(instruction: string, text: string): number[] {
  if (instruction === 'f64.const') return [...new Uint8Array(Float64Array.of(Number(text)).buffer)];
  return signed(BigInt.asIntN(instruction === 'i32.const' ? 32 : 64, BigInt(text)));
}

/** The bytes of a vector of a shape such as `i16x8`. */
function lanes(shape: string, next: () => string): number[] {
  const [, bits, count] = /^i(8|16|32)x(\d+)$/.exec(shape) ?? [];
  const width = Number(bits) / 8;
  return Array.from({ length: Number(count) }, () => Number(next())).flatMap((lane) =>
    Array.from({ length: width }, (_, byte) => (lane >> (8 * byte)) & 255),
  );
}

function known(index: number, word: string): number {
  if (index < 0) throw new Error(`unknown name "${word}"`);
  return index;
}

const section = (id: number, items: number[][]): number[] => [id, ...vector(vectorOf(items))];
const vector = (bytes: number[]): number[] => [...unsigned(bytes.length), ...bytes];
const vectorOf = (items: number[][]): number[] => [...unsigned(items.length), ...items.flat()];
const name = (quoted: string): number[] => vector([...Buffer.from(quoted.slice(1, -1))]);

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: bigint): number[] {
  const low = Number(value & 127n);
  const rest = value >> 7n;
  const isLast = (rest === 0n && low < 64) || (rest === -1n && low >= 64);
  return isLast ? [low] : [low | 128, ...signed(rest)];
}
