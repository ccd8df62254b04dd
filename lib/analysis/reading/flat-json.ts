import { MAX_COLUMNS } from '../batch/field-memory';
import { joinedName } from './column-name';
import { JsonScanner } from './json-scanner';
import { validJson } from './tolerant-json';

/** Values by flattened key (`outer.inner`), as the text they have in the document; null when missing. */
export type FlatFields = Map<string, string | null>;

/** Why a JSON document cannot be flattened. */
export type FlatJsonProblem = 'malformed-data' | 'nested-data' | 'duplicate-key' | 'name-too-long' | 'too-many-columns';

/** Objects in objects; what is deeper is no record. */
export const MAX_DEPTH = 32;

/**
 * Flattens one JSON object. Numbers keep their text (`1.0` is not `1`: the text decides the type); `null` and `""` are missing, and so are
 * `NaN`, `Infinity` and `-Infinity`, which are no JSON but what many clients write. Arrays and documents that are no object are `nested-data`:
 * Model Monitor wants them flattened by a preprocessing script. It ends at the first name that is too long, and at the first column too many: the time
 * that it takes grows with the text, whatever is in it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-and-post-processing.html
 */
export function flattenJson(text: string): FlatFields | FlatJsonProblem {
  const valid = validJson(text);
  if (valid === undefined) return 'malformed-data';
  const walk = new JsonWalk(valid);
  return walk.run() ?? walk.fields;
}

class JsonWalk extends JsonScanner {
  readonly fields: FlatFields = new Map();

  run(): FlatJsonProblem | undefined {
    return this.next() === '{' ? this.object('', 0) : 'nested-data';
  }

  private object(prefix: string, depth: number): FlatJsonProblem | undefined {
    if (depth > MAX_DEPTH) return 'nested-data';
    this.at += 1;
    while (this.next() !== '}') {
      if (this.next() === ',') this.at += 1;
      this.next();
      const key = joinedName(prefix, this.string());
      if (key === undefined) return 'name-too-long';
      this.next();
      this.at += 1; // the colon
      const problem = this.value(key, depth);
      if (problem) return problem;
    }
    this.at += 1;
    return undefined;
  }

  private value(key: string, depth: number): FlatJsonProblem | undefined {
    const first = this.next();
    if (first === '[') return 'nested-data';
    if (first === '{') return this.object(`${key}.`, depth + 1);
    if (this.fields.has(key)) return 'duplicate-key';
    if (this.fields.size === MAX_COLUMNS) return 'too-many-columns';
    this.fields.set(key, this.plain(first));
    return undefined;
  }
}
