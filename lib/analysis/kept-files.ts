import type { FileContent, PartReader } from './port';

/** Raised with every change to what is stored: parts of two versions are never mixed. */
const VERSION = 1;

/** One file, whole. */
export interface KeptFile {
  readonly name: string;
  readonly content: FileContent;
  readonly text: string;
}

/**
 * The part of an analysis that needs all rows at once: the files themselves, in the order in which they were read. Memory grows with the data,
 * so it is for data that fit into memory.
 */
export interface KeptFiles {
  readonly files: readonly KeptFile[];
}

/** What every analysis on whole files shares of the port. */
export const keptFiles = {
  reader(): PartReader<KeptFiles> {
    const files: KeptFile[] = [];
    return {
      file(name, content = 'records') {
        const decoder = new TextDecoder('utf-8');
        let text = '';
        return {
          push: (chunk) => {
            text += decoder.decode(chunk, { stream: true });
          },
          end: () => {
            files.push({ name, content, text: text + decoder.decode() });
          },
          giveUp: (detail) => {
            throw new Error(`KeptFilesCut: "${name}" is needed whole, and cannot be read: ${detail}`);
          },
        };
      },
      rows: (name) => {
        throw new Error(`KeptFilesFormat: "${name}" is Parquet, which this analysis does not read; write CSV`);
      },
      finish: () => ({ files }),
    };
  },

  encode: ({ files }: KeptFiles): string => JSON.stringify({ version: VERSION, files }),

  decode(text: string): KeptFiles {
    const state: { readonly version?: number; readonly files: KeptFile[] } = JSON.parse(text);
    if (state?.version === VERSION) return { files: state.files };
    throw new Error(
      `KeptFilesVersion: the part has the version ${state?.version}, this analysis reads ${VERSION}; read the data again`,
    );
  },

  merge: (parts: Iterable<KeptFiles>): KeptFiles => ({ files: [...parts].flatMap(({ files }) => files) }),
} as const;

/** The texts of the files that hold this, one after the other. */
export const textOf = ({ files }: KeptFiles, content: FileContent): string =>
  files
    .filter((file) => file.content === content)
    .map(({ text }) => (text.endsWith('\n') || text === '' ? text : `${text}\n`))
    .join('');
