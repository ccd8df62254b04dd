import * as path from 'node:path';
import ts from 'typescript';
import type { DocExample } from './doc-examples';

const LIBRARY = 'cdk-sagemaker-monitoring';

/**
 * What the compiler finds in examples, each by its place.
 *
 * @param root folder of the project, in which examples are read as files that are not there
 * @param examples whole ones
 */
export function complaintsAbout(root: string, examples: readonly DocExample[]): string[] {
  const options = optionsIn(root);
  const files = new Map(examples.map(({ source }, index) => [path.join(root, 'docs', `example-${index}.ts`), source]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => files.has(path.normalize(name)) || fileExists(name);
  host.readFile = (name) => files.get(path.normalize(name)) ?? readFile(name);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((name, index) => {
    const file = program.getSourceFile(name);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(
      ({ messageText }) => `${examples[index].place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

/** As tests are checked; what a user's own program imports is known by its names, too. */
function optionsIn(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(root, 'test/tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, path.join(root, 'test'));
  const writer = path.join(root, 'lib/capture-writer/index.ts');
  return { ...options, noUnusedLocals: false, paths: { ...options.paths, [`${LIBRARY}/capture-writer`]: [writer] } };
}
