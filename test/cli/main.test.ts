import { run } from '../../lib/cli/main';
import { version } from '../../package.json';

async function main(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const lines: { out: string[]; error: string[] } = { out: [], error: [] };
  const code = await run(args, { out: (line) => lines.out.push(line), error: (line) => lines.error.push(line) });
  return { code, out: lines.out.join('\n'), error: lines.error.join('\n') };
}

test('help lists the commands', async () => {
  for (const flag of ['--help', '-h', 'help']) {
    const { code, out } = await main(flag);
    expect(out).toMatch(/^usage: cdk-sagemaker-monitoring <command>[\s\S]*\n {2}parity /);
    expect(code).toBe(0);
  }
});

test.each(['accept', 'blind-spots', 'cost', 'exceptions', 'forget', 'parity', 'rehearse', 'report', 'snooze'])(
  '%s --help prints its arguments',
  async (name) => {
    for (const flag of ['--help', '-h']) {
      const { code, out, error } = await main(name, flag);
      expect(out).toMatch(new RegExp(`^usage: cdk-sagemaker-monitoring ${name} `));
      expect({ code, error }).toEqual({ code: 0, error: '' });
    }
  },
);

test('tells its version', async () => {
  expect(await main('--version')).toEqual({ code: 0, out: version, error: '' });
});

test.each(['rehearsel', 'toString', 'constructor'])('fails with 64 for the unknown command %s', async (name) => {
  const { code, error } = await main(name);
  expect(error).toContain(`UnknownCommand: there is no command "${name}"`);
  expect(code).toBe(64);
});

test('fails with 64 without a command', async () => {
  expect(await main()).toMatchObject({ code: 64, out: '', error: expect.stringContaining('usage:') });
});
