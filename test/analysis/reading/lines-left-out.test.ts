import { type FileReader, withoutLines } from '../../../lib/analysis';
import { randomNumbers } from '../../../lib/analysis/attribution/random-numbers';

// Lines of a file that are left out, in whatever pieces its bytes come.

const MARK = 'mark/';
const LINES = { mark: MARK, isLeftOut: (line: string) => line.includes('mark/out') };

/** What a reader has seen of files, each with how it ended. */
class Seen {
  readonly files: { text: string; end?: string }[] = [];

  begin(): FileReader {
    const file: { text: string; end?: string } = { text: '' };
    const chunks: Buffer[] = [];
    this.files.push(file);
    const close = (end: string) => {
      file.text = Buffer.concat(chunks).toString();
      file.end = end;
    };
    return {
      push(chunk) {
        if (chunk.length === 0) throw new Error('nothing was handed on');
        chunks.push(Buffer.from(chunk));
      },
      end: () => close('end'),
      giveUp: (detail) => close(detail),
    };
  }
}

function seenOf(pieces: readonly (string | Buffer)[], giveUp?: string): Seen['files'] {
  const seen = new Seen();
  const file = withoutLines(() => seen.begin(), LINES);
  for (const piece of pieces) file.push(Buffer.from(piece));
  if (giveUp === undefined) file.end();
  else file.giveUp(giveUp);
  return seen.files;
}

/** What is handed on, by lines. */
const expected = (text: string) =>
  text
    .split('\n')
    .map((line) => (LINES.isLeftOut(line) ? '' : line))
    .join('\n');

test('each line that is left out is an empty one, and all others stand where they did', () => {
  expect(seenOf(['a\nmark/out 1\nb\nmark/in\nmark/out 2\n'])).toEqual([{ text: 'a\n\nb\nmark/in\n\n', end: 'end' }]);
});

test('the last line need not end', () => {
  expect(seenOf(['a\nmark/out'])).toEqual([{ text: 'a\n', end: 'end' }]);
  expect(seenOf(['a\nb'])).toEqual([{ text: 'a\nb', end: 'end' }]);
});

test('a file of which all is left out is not begun, and one that has nothing is', () => {
  expect(seenOf(['mark/out 1\nmark/', 'out 2\n'])).toEqual([]);
  expect(seenOf(['mark/out 1\n', '\n'])).toEqual([]);
  expect(seenOf([])).toEqual([{ text: '', end: 'end' }]);
  expect(seenOf(['\n\n'])).toEqual([{ text: '\n\n', end: 'end' }]);
});

test('the first line that is handed on stands behind those that are not', () => {
  expect(seenOf(['mark/out\nmark/out\n', 'a\n'])).toEqual([{ text: '\n\na\n', end: 'end' }]);
});

test('a file that is given up has what was read of it', () => {
  expect(seenOf(['a\nmark/out\nb'], 'no time')).toEqual([{ text: 'a\n\nb', end: 'no time' }]);
  expect(seenOf(['mark/out\n'], 'no time')).toEqual([{ text: '\n', end: 'no time' }]);
});

test('a line that is too long to be looked at is handed on, and the next is looked at again', () => {
  const long = Buffer.alloc(9 * 1024 * 1024, 'x');
  const [{ text }, ...others] = seenOf(['mark/out', long, long, 'y', 'mark/out y\nmark/out\nz']);
  expect(others).toEqual([]);
  expect([text.slice(0, 10), text.slice(-16), text.length]).toEqual([
    'mark/outxx',
    'xymark/out y\n\nz'.padStart(16, 'x'),
    2 * long.length + 22,
  ]);
});

test.each([
  ['16 MiB is looked at', 0, []],
  ['a byte more is not', 1, [{ length: 16 * 1024 * 1024 + 2 }]],
])('a line of %s', (_, more, files) => {
  const line = Buffer.alloc(16 * 1024 * 1024 + more, 'mark/out');
  expect(seenOf([line, '\n']).map(({ text: { length } }) => ({ length }))).toEqual(files);
});

test('however the bytes are cut, the same is handed on', () => {
  const seed = Number(process.env.SEED ?? 20260304);
  const random = randomNumbers(seed);
  const words = ['mark/out', 'mark/in', 'mark', 'ä', 'x', '\n', '\n', '\r\n', ''];
  for (let trial = 0; trial < 400; trial += 1) {
    const text = Array.from(
      { length: Math.floor(random() * 14) },
      () => words[Math.floor(random() * words.length)],
    ).join('');
    const bytes = Buffer.from(text);
    const pieces: Buffer[] = [];
    for (let from = 0; from < bytes.length; ) {
      const to = Math.min(bytes.length, from + 1 + Math.floor(random() * 9));
      pieces.push(bytes.subarray(from, to));
      from = to;
    }
    const wanted = expected(text);
    const isNothing = /^\n*$/.test(wanted) && wanted !== text;
    expect({ seed, text, files: seenOf(pieces) }).toEqual({
      seed,
      text,
      files: isNothing ? [] : [{ text: wanted, end: 'end' }],
    });
  }
});
