import { Token } from 'aws-cdk-lib';
import { instance, list, optional, requireProps, type Shapes, struct, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { nameProblems } from './analysis-problems';
import { ContentTemplate } from './content-template';
import type { RecordFormatSettings, RowsPath, SideFormat } from './contract';

/** Where rows stand in captured JSON, and what their columns are called. */
export interface RowPaths {
  /**
   * Where the rows of a request stand: keys with dots between them, and `[*]` behind a list of which each item is a row. `instances[*]`,
   * `instances[*].features` for a list in each item, `[*]` for a request that is a list itself, `features` for one row, `@` for a request that is one row.
   * 1 to 256 characters.
   *
   * @default - requests of JSON are objects, whose keys are flattened
   */
  readonly request?: string;

  /**
   * Where the rows of an answer stand, written as `request` is: `predictions[*]`, `predictions[*].score`. An answer has one row for each row of its request.
   *
   * @default - answers of JSON are objects, whose keys are flattened
   */
  readonly response?: string;

  /**
   * Names of the values of a row of a request, in their order, where the row is a list, a plain value, or a line of CSV. Rows that are objects have the names
   * of their keys.
   *
   * @default - values without names are the columns of the baseline in order, the answer's first, as captured CSV is
   */
  readonly requestNames?: string[];

  /**
   * Names of the values of a row of an answer, in their order, where it has none. An answer that is one value has one name.
   *
   * @default - values without names are the columns of the baseline in order, the answer's first, as captured CSV is
   */
  readonly responseNames?: string[];
}

const ROW_PATHS: Shapes<RowPaths> = {
  request: optional(TEXT),
  response: optional(TEXT),
  requestNames: optional(list(TEXT)),
  responseNames: optional(list(TEXT)),
};

/**
 * How the captured bodies of requests and answers become rows. Bodies of CSV are read as CSV, whatever is said of JSON.
 *
 * A row is a list of values (`[34, 0.5]`), a plain value, or an object, whose keys are columns. What stands beside the path is not read. A record
 * that has nothing at a path, more than 10,000 rows, another number of answers than of rows, or names on one side alone counts as unreadable; a row that
 * has another number of values than there are names, or than the baseline has columns, as a misfit.
 *
 * @example
 * // {"instances": [[34, 0.5], [51, 0.1]]} is answered by {"predictions": [0.8, 0.3]}
 * RecordFormat.rowsAt({ request: 'instances[*]', response: 'predictions[*]' });
 * // {"instances": [{"features": [34, 0.5]}]} by {"predictions": [{"score": 0.8, "label": 1}]}
 * RecordFormat.rowsAt({
 *   request: 'instances[*].features',
 *   requestNames: ['age', 'balance'],
 *   response: 'predictions[*]',
 * });
 */
export class RecordFormat {
  /** One row in each body of JSON, or in each line of JSON Lines: an object, of which the key of an object in it is `outer.inner`. Lists cannot be read. */
  public static flattened(): RecordFormat {
    return new RecordFormat();
  }

  /**
   * Rows in lists, or below keys.
   *
   * @param paths a path for at least one side
   */
  public static rowsAt(paths: RowPaths): RecordFormat {
    requireProps(paths, ROW_PATHS);
    throwIfAny('InvalidRecordFormat', problemsOf(paths));
    const { request, response, requestNames, responseNames } = paths;
    return new RecordFormat({ request: sideOf(request, requestNames), response: sideOf(response, responseNames) });
  }

  /**
   * Requests as a template writes them: whoever knows how a client, or Clarify, makes requests need not say where their rows stand.
   *
   * `"${age}"` is the column `age`, wherever it stands, and `$features_kvp` has names of its own. What a record has besides, and the template has not, is a column that the baseline
   * lacks: it is told. What a record lacks is missing.
   *
   * @param template of requests
   * @param paths of answers (`response`, `responseNames`), and names of the values of `$features` (`requestNames`)
   */
  public static contentTemplate(template: ContentTemplate, paths: RowPaths = {}): RecordFormat {
    requireProps({ template, paths }, { template: instance(ContentTemplate), paths: struct(ROW_PATHS) });
    throwIfAny('InvalidRecordFormat', besideTemplateProblems(template, paths));
    const { response, requestNames, responseNames } = paths;
    const request = requestNames ? { ...template._side, names: requestNames } : template._side;
    return new RecordFormat({ request, response: sideOf(response, responseNames) });
  }

  /**
   * What the handlers of an engine are told; nothing where JSON is flattened.
   *
   * @internal
   */
  public readonly _settings?: RecordFormatSettings;

  private constructor(settings?: RecordFormatSettings) {
    this._settings = settings;
  }

  /**
   * The format as JSON, for an engine of your own: of `request` and `response` the `names` and the `path`: its `keys`, and the `itemKeys` behind `[*]`; of templates `columns`, what
   * flattened keys are called, null where they are no columns. `{}` where JSON is flattened.
   *
   * `{"request":{"path":{"keys":["instances"],"itemKeys":["features"]},"names":["age","balance"]}}`
   */
  public toJson(): string {
    return JSON.stringify(this._settings ?? {});
  }
}

/** A key: whatever is no part of the notation, nor of JMESPath's functions, filters and pipes, which would be taken for keys that no record has. */
const KEY = '[^.[\\]*@"\\s()|&!<>=,{}?`\']+';
const KEYS = `${KEY}(?:\\.${KEY})*`;
const PATH = new RegExp(`^(?:(?<keys>${KEYS})?(?<each>\\[\\*\\](?:\\.(?<itemKeys>${KEYS}))?)?|@)$`);
const MAX_PATH = 256;

function sideOf(path: string | undefined, names: string[] | undefined): SideFormat | undefined {
  if (path === undefined) return names && { names };
  return { path: pathOf(path), names };
}

/**
 * Where rows stand, as a path says; undefined for a text that is none, and for one that is known at deployment only.
 *
 * @internal
 */
export function rowsPath(path: string): RowsPath | undefined {
  return !Token.isUnresolved(path) && isPath(path) ? pathOf(path) : undefined;
}

const isPath = (text: string) => text !== '' && text.length <= MAX_PATH && PATH.test(text);

function pathOf(path: string): RowsPath {
  const { keys, each, itemKeys } = PATH.exec(path)?.groups ?? {};
  return { keys: keysOf(keys), itemKeys: each === undefined ? undefined : keysOf(itemKeys) };
}

const keysOf = (keys: string | undefined) => keys?.split('.') ?? [];

function problemsOf({ request, response, requestNames, responseNames }: RowPaths): Problem[] {
  const none = { prop: 'request', got: undefined, allowed: 'a path of requests, of answers (response), or of both' };
  return [
    ...(request === undefined && response === undefined ? [none] : []),
    ...pathProblems('request', request),
    ...pathProblems('response', response),
    ...nameProblems('requestNames', requestNames),
    ...nameProblems('responseNames', responseNames),
  ];
}

function besideTemplateProblems({ _isUnnamed }: ContentTemplate, paths: RowPaths): Problem[] {
  const { request, response, requestNames, responseNames } = paths;
  const allowed = 'nothing beside a template';
  const named = 'names for the values of $features, which the template has not';
  return [
    ...(request === undefined ? [] : [{ prop: 'request', got: request, allowed, advice: 'the template says it' }]),
    ...(requestNames === undefined || _isUnnamed ? [] : [{ prop: 'requestNames', got: requestNames, allowed: named }]),
    ...pathProblems('response', response),
    ...nameProblems('requestNames', requestNames),
    ...nameProblems('responseNames', responseNames),
  ];
}

/** A token cannot be taken apart. */
function pathProblems(prop: string, got: string | undefined): Problem[] {
  if (got === undefined || (!Token.isUnresolved(got) && isPath(got))) return [];
  const allowed = `keys with dots between them, [*] at most once, or @; 1 to ${MAX_PATH} characters, known at synthesis`;
  const advice =
    'as instances[*].features; RecordFormat.contentTemplate and transformations of MonitoredData can do more';
  return [{ prop, got, allowed, advice }];
}
