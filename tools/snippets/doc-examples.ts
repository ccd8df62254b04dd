/** A whole example of a page. */
export interface DocExample {
  /** The page and the line at which the example begins: `docs/operations.md:5`. */
  readonly place: string;
  /** What a compiler reads. */
  readonly source: string;
}

/**
 * The examples of a page that say what they need: those that begin with an import. Others are parts of one, which a reader puts together.
 *
 * What exports something is a file of its own; anything else stands in a stack, among the names of the library.
 *
 * @param page where it lies
 * @param text its Markdown
 * @param fixture what stands around an example in a doc comment, with the line `/// here`
 */
export function docExamples(page: string, text: string, fixture: string): DocExample[] {
  return [...text.matchAll(/^```ts\n(import [\s\S]*?)^```$/gm)].map(({ index, 1: code }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length + 1}`,
    source: /^export /m.test(code) ? code : placed(code, fixture),
  }));
}

/** What only the top of a file may have. */
const OF_FILES = /^(?:import|declare) .+$/gm;

function placed(code: string, fixture: string): string {
  const atTheTop = code.match(OF_FILES) ?? [];
  return `${atTheTop.join('\n')}\n${fixture.replace('/// here', () => code.replace(OF_FILES, ''))}`;
}
