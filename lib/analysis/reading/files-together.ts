import type { FileReader } from '../profile/profiler';
import { CAPTURED, GROUND_TRUTH, type LineForm } from './capture-layout';
import { type MatchedLineSink, MatchedLines } from './matched-lines';
import { Workspace } from './workspace';

/** What reads a file of lines that others read as well: who takes the lines, and what is to be done at its end. */
export interface LineFile {
  readonly sink: MatchedLineSink;
  /** that of the sink, if it has one */
  readonly workspace?: Workspace;
  /** Ends the file, all of whose lines were taken. */
  end(): void;
  /** Ends the file before its end, see {@link FileReader.giveUp}. */
  giveUp(detail: string): void;
}

/** A file whose lines can be found once for several. */
export interface LineFileReader extends FileReader {
  readonly shared: { readonly file: LineFile; readonly form: LineForm };
}

/** Reads the lines of a file for one who takes them. */
export function lineReader(file: LineFile, form: LineForm): LineFileReader {
  return { ...linesTogether([file], form), shared: { file, form } };
}

/** Reads a file for several: lines are found once for all who take lines, others get the bytes. */
export function filesTogether(files: readonly FileReader[]): FileReader {
  const others = files.filter((file) => !('shared' in file));
  const shared = [CAPTURED, GROUND_TRUTH].flatMap((form) => {
    const own = (files as LineFileReader[]).flatMap((file) => (file.shared?.form === form ? [file.shared.file] : []));
    return own.length > 0 ? [linesTogether(own, form)] : [];
  });
  const all = [...shared, ...others];
  return all.length === 1 ? all[0] : allOf(all);
}

function allOf(files: readonly FileReader[]): FileReader {
  return {
    push(chunk) {
      for (const file of files) file.push(chunk);
    },
    end() {
      for (const file of files) file.end();
    },
    giveUp(detail) {
      for (const file of files) file.giveUp(detail);
    },
  };
}

function linesTogether(files: readonly LineFile[], form: LineForm): FileReader {
  const known = files.find((file) => file.workspace)?.workspace;
  const workspace = known ?? new Workspace();
  const close = () => {
    if (!known) workspace.close();
  };
  const sinks = files.map(({ sink }) => sink);
  let lines: MatchedLines | undefined; // who only reads for others needs none
  const reader = () => {
    lines ??= new MatchedLines(sinks, form, workspace);
    return lines;
  };
  return {
    push: (chunk) => reader().push(chunk),
    end() {
      reader().end();
      for (const file of files) file.end();
      close();
    },
    giveUp(detail) {
      lines?.drain(false);
      for (const file of files) file.giveUp(detail);
      close();
    },
  };
}
