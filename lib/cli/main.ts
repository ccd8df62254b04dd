import { version } from '../../package.json';
import { DOCUMENTATION_URL, sectionUrl } from '../core/contract';
import { accept } from './accept';
import { backFill } from './back-fill';
import { blindSpots } from './blind-spots';
import { type Command, EXIT, type Output, UsageError } from './command';
import { cost } from './cost';
import { exceptions } from './exceptions';
import { forget } from './forget';
import { parity } from './parity';
import { pause } from './pause';
import { rehearse } from './rehearse';
import { report } from './report';
import { snooze } from './snooze';

const PROGRAM = 'cdk-sagemaker-monitoring';

/** Every subcommand by its name; one file each. */
const commands: { readonly [name: string]: Command } = {
  accept,
  'back-fill': backFill,
  'blind-spots': blindSpots,
  cost,
  exceptions,
  forget,
  parity,
  pause,
  rehearse,
  report,
  snooze,
};

const terminal: Output = {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
};

function help(output: (line: string) => void): void {
  output(`usage: ${PROGRAM} <command> [arguments]`);
  output(`       ${PROGRAM} <command> --help`);
  output(`       ${PROGRAM} --help | --version`);
  for (const [name, { summary }] of Object.entries(commands)) output(`  ${name.padEnd(12)}${summary}`);
}

/** What a user did wrong, which begins with a code, and where the code is explained. */
function refuse(words: string, output: Output): void {
  output.error(words);
  output.error(`see ${sectionUrl(DOCUMENTATION_URL, 'errors', words.split(':')[0])}`);
}

function isHelp(argument?: string): boolean {
  return argument === '--help' || argument === '-h';
}

/** Runs the command that the arguments name and returns the exit code. */
export async function run(argv: string[], output: Output = terminal): Promise<number> {
  const [name, ...args] = argv;
  if (name === 'help' || isHelp(name)) {
    help(output.out);
    return EXIT.ok;
  }
  if (name === '--version') {
    output.out(version);
    return EXIT.ok;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    if (name !== undefined) refuse(`UnknownCommand: there is no command "${name}"`, output);
    help(output.error);
    return EXIT.usage;
  }
  if (args.some(isHelp)) {
    output.out(command.usage);
    return EXIT.ok;
  }
  try {
    return await command.run(args, output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    refuse(error.message, output);
    return EXIT.usage;
  }
}

// in the bundle, an ES module, there is no `module`
if (typeof module === 'undefined' || require.main === module) {
  run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
