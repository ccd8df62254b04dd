import { objectIn, type PrefixLocation } from '../../core/contract';
import { nameOf, wordsOf } from '../../runtime/failure';
import { jsonOf, readTextIfExists, s3Uri } from '../../runtime/s3';
import { EXCEPTIONS_FILE } from '../exception/contract';
import { exceptionsIn, type ReadExceptions } from '../exception/exceptions';

/** What people said of the findings of a monitor. What may not be read, or is no exception, keeps nothing quiet, and is a problem of the run. */
export async function keptExceptions(output: PrefixLocation): Promise<ReadExceptions> {
  const location = objectIn(output, EXCEPTIONS_FILE);
  try {
    const text = await readTextIfExists(location);
    if (text === undefined) return { exceptions: [], problems: [] };
    const { exceptions, problems } = exceptionsIn(jsonOf(text), new Date());
    return { exceptions, problems: problems.map((problem) => problemAt(s3Uri(location), problem)) };
  } catch (error) {
    if (nameOf(error) !== 'AccessDenied') throw error;
    return { exceptions: [], problems: [problemAt(s3Uri(location), wordsOf(error))] };
  }
}

const problemAt = (uri: string, problem: string) =>
  `${uri} keeps less quiet than it should: ${problem}; mend it, see the command 'exceptions'`;
