import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProfiler, unreadable } from '../../lib/analysis';
import { encodeRow } from '../../lib/rehearsal/traffic';
import { readTrafficFile } from '../../lib/rehearsal/traffic-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('a row becomes a captured record that the analysis reads, commas and quotes included', () => {
  const time = new Date('2026-01-05T10:30:00Z');
  const record = encodeRow({ output: ['0.5'], input: ['a,"b"', '7', ''] }, time);
  expect(JSON.parse(record)).toMatchObject({
    captureData: {
      endpointInput: { mode: 'INPUT', encoding: 'CSV', data: '"a,""b""",7,' },
      endpointOutput: { mode: 'OUTPUT', encoding: 'CSV', data: '0.5' },
    },
    eventMetadata: { inferenceTime: '2026-01-05T10:30:00Z' },
    eventVersion: '0',
  });
  const profiler = createProfiler({ kind: 'capture' });
  const reader = profiler.file('f');
  reader.push(Buffer.from(`${record}\n`));
  reader.end();
  expect(unreadable(profiler.finish())).toMatchObject({ recordCount: 1, unreadableCount: 0 });
});

test('a CSV file is cut into hours, its first columns being the output', () => {
  const path = file('t.csv', 'score,a,b\n1,x,y\n2,"x,y",z\n3,p,q\n');
  expect(readTrafficFile(path, { outputColumns: 1, recordsPerHour: 2 })).toEqual([
    {
      rows: [
        { output: ['1'], input: ['x', 'y'] },
        { output: ['2'], input: ['x,y', 'z'] },
      ],
    },
    { rows: [{ output: ['3'], input: ['p', 'q'] }] },
  ]);
});

test('a file of captured records is one hour unless it is cut', () => {
  const path = file('t.jsonl', '{"a":1}\nnot json\n\n');
  expect(readTrafficFile(path, { outputColumns: 1 })).toEqual([{ records: ['{"a":1}', 'not json'] }]);
});

test.each([
  ['an empty file', '', /header/],
  ['a header alone', 'a,b\n', /holds no record/],
  ['a record of other length', 'a,b\n1,2\n1,2,3\n', /line 3: 3 fields, the header has 2/],
  ['outputs alone', 'a\n1\n', /more than 1 columns/],
  ['a quote without end', 'a,b\n1,"2\n', /line 2: unterminated-quote/],
])('fails for %s, and says where', (_what, text, message) => {
  expect(() => readTrafficFile(file('t.csv', text), { outputColumns: 1 })).toThrow(message);
});
