import { said } from './said';

// Prints what the library says to people, file by file, so that it can be read in a row.

for (const { path, texts } of said()) process.stdout.write(`\n${path}\n${texts.map((line) => `  ${line}\n`).join('')}`);
