import type { Guards } from './guard';

const CONCLUDE = 'test/handlers/conclude-monitor.test.ts';
const PROFILE = 'test/handlers/profile.test.ts';
const MEETING = 'test/analysis/labels/parts-meeting.test.ts';
const STRANGERS = 'test/analysis/profile/strangers.test.ts';
const KEPT = 'test/analysis/profile/kept-value.test.ts';
const PARQUET = 'test/runtime/parquet.test.ts';
const S3 = 'test/runtime/s3.test.ts';

/** Guards of what strangers may cost, and of what they may decide. */
export const BOUNDS: Guards = {
  'time without bound': [
    {
      what: 'a name that is too long is none',
      file: 'lib/analysis/reading/column-name.ts',
      code: 'return 3 * units <= MAX_NAME_BYTES || utf8Length(name, 0, units) <= MAX_NAME_BYTES ? name : undefined;',
      without: 'return name;',
      tests: ['test/analysis/reading/flat-json.test.ts'],
    },
    {
      what: 'an object is left at the first name that is too long',
      file: 'lib/analysis/reading/flat-json.ts',
      code: "if (key === undefined) return 'name-too-long';",
      without: 'if (key === undefined) return undefined;',
      tests: ['test/analysis/reading/flat-json.test.ts'],
    },
    {
      what: 'columns are counted while an object is walked',
      file: 'lib/analysis/reading/flat-json.ts',
      code: "if (this.fields.size === MAX_COLUMNS) return 'too-many-columns';",
      without: '',
      tests: ['test/analysis/reading/flat-json.test.ts'],
    },
    {
      what: 'no text takes longer to be read as a number than it is long',
      file: 'lib/analysis/numbers/decimal-text.ts',
      code: '(\\d+(\\.\\d*)?|',
      without: '(\\d+\\.?\\d*|',
      tests: ['test/fuzz/cost/cost.test.ts'],
      title: 'csv none',
    },
    {
      what: 'an object is given up when the time of its function is over',
      file: 'lib/engine/serverless/handler/object-reading.ts',
      code: 'isGivenUp = isOver();\n      if',
      without: 'if',
      tests: [PROFILE],
    },
    {
      what: 'an object that was not begun in time is not read',
      file: 'lib/engine/serverless/handler/object-reading.ts',
      code: 'let isGivenUp = isOver();',
      without: 'let isGivenUp = false;',
      tests: [PROFILE],
    },
    {
      what: 'time is kept for writing what was read',
      file: 'lib/runtime/time-left.ts',
      code: 'context.getRemainingTimeInMillis() < needed',
      without: 'context.getRemainingTimeInMillis() < 0',
      tests: [PROFILE],
    },
  ],
  'memory without bound': [
    {
      what: 'of variants that are compared no more is held than is compared at once',
      file: 'lib/analysis/model-quality/comparison.ts',
      code: 'new PartsMeeting(new ComparedRecords(isReference), shelf, batchBytes)',
      without:
        'new PartsMeeting(new ComparedRecords(isReference), shelf && { ...shelf, room: Number.POSITIVE_INFINITY }, batchBytes)',
      tests: ['test/analysis/model-quality/comparison.test.ts'],
    },
    {
      what: 'rows of another width than the baseline’s are not profiled',
      file: 'lib/analysis/reading/file-log.ts',
      code: 'if (own.length !== width) {',
      without: 'if (false) {',
      tests: [STRANGERS],
      title: 'rows of another width',
    },
    {
      what: 'nor taken as bytes',
      file: 'lib/analysis/reading/file-log.ts',
      code: ' || own !== (this.settings.width ?? own)',
      without: '',
      tests: [STRANGERS],
      title: 'rows of another width',
    },
    {
      what: 'columns of all tables are bounded',
      file: 'lib/analysis/profile/profile.ts',
      code: ' || this.columnCount() + width > MAX_ALL_COLUMNS',
      without: '',
      tests: [STRANGERS],
      title: 'what is merged has no more columns|columns of all tables',
    },
    {
      what: 'long values are kept by their hash',
      file: 'lib/analysis/profile/kept-value.ts',
      code: 'if (value.length <= MAX_KEPT_CHARACTERS) return value;',
      without: 'if (value.length >= 0) return value;',
      tests: [KEPT],
    },
    {
      what: 'of columns that the baseline lacks few are kept',
      file: 'lib/analysis/profile/table-profile.ts',
      code: '? MAX_STRANGERS - this.strangers.size',
      without: '? MAX_COLUMNS - this.strangers.size',
      tests: [STRANGERS],
      title: 'columns of other names are bounded',
    },
    {
      what: 'partial profiles are decoded one after the other',
      file: 'lib/engine/serverless/handler/merged-part.ts',
      code: '  for (const text of texts) yield decode(text);',
      without: '  yield* texts.map(decode);',
      tests: ['test/engine/serverless/merged-part.test.ts'],
    },
    {
      what: 'texts of parts are fetched few at a time',
      file: 'lib/engine/serverless/handler/merged-part.ts',
      code: ' && bytes <= TEXT_BYTES',
      without: '',
      tests: ['test/engine/serverless/merged-part.test.ts'],
    },
  ],
  'one stranger decides for all': [
    {
      what: 'requests of the most rows take no room from all others of a part',
      file: 'lib/analysis/labels/ranged-records.ts',
      code: '!this.hasRoomForNumbers(numbers)) this.makeRoom(numbers);',
      without: 'false) this.makeRoom(numbers);',
      tests: [MEETING],
    },
    {
      what: 'nor do those that come later and are as large',
      file: 'lib/analysis/labels/ranged-records.ts',
      code: 'if (numbers <= this.mostNumbers) return',
      without: 'if (numbers > 0) return',
      tests: [MEETING],
    },
    {
      what: 'nor those of one identifier, where all of it are brought together',
      file: 'lib/analysis/labels/ranged-records.ts',
      code: 'return this.boundOf(sizes, numbers);',
      without: 'return Number.POSITIVE_INFINITY;',
      tests: [MEETING],
    },
    {
      what: 'where already the smallest requests have no room, none has',
      file: 'lib/analysis/labels/request-sizes.ts',
      code: 'if (all > room) return size - 1;',
      without: 'if (all > room) return size;',
      tests: [MEETING],
    },
    {
      what: 'a number that is no probability does not take the estimate of all others',
      file: 'lib/analysis/model-quality/estimation/expected-quality.ts',
      code: 'outside > MOST_OUTSIDE * rowCount',
      without: 'outside > 0',
      tests: ['test/analysis/model-quality/estimation/expected-quality.test.ts'],
    },
    {
      what: 'a column that the baseline lacks is told apart',
      file: 'lib/analysis/profile/table-profile.ts',
      code: 'const isStranger = known !== undefined && !known.has(name);',
      without: 'const isStranger = false;',
      tests: [STRANGERS],
      title: 'columns of other names are bounded',
    },
    {
      what: 'a strange column takes no place of one that the baseline has',
      file: 'lib/analysis/profile/table-profile.ts',
      code: ': MAX_COLUMNS + this.strangers.size - this.columns.length',
      without: ': MAX_COLUMNS - this.columns.length',
      tests: [STRANGERS],
      title: 'nor from the widest',
    },
    {
      what: 'where a baseline is known, no record is refused for its strange columns',
      file: 'lib/analysis/reading/file-log.ts',
      code: '!known && table.columns.length',
      without: 'table.columns.length',
      tests: [STRANGERS],
      title: 'nor from the widest',
    },
    {
      what: 'with a width, rows of another one are not the window’s',
      file: 'lib/analysis/profile/profile.ts',
      code: "if (width !== undefined && table.shape === 'width' && table.columns.length !== width) continue;",
      without: '',
      tests: [STRANGERS],
      title: 'however many rows',
    },
  ],
  inflated: [
    {
      what: 'a page is inflated to the length that its header says',
      file: 'lib/runtime/parquet.ts',
      code: 'maxOutputLength: Math.max(length, 1),',
      without: 'maxOutputLength: 2 ** 30,',
      tests: [PARQUET],
    },
    {
      what: 'all pages of a row group are inflated to no more than memory holds',
      file: 'lib/runtime/parquet.ts',
      code: '      judge(bytes);\n',
      without: '',
      tests: [PARQUET],
    },
    {
      what: 'a row group of too many values is not read',
      file: 'lib/runtime/parquet.ts',
      code: 'refuseLarger(what, Number(group.num_rows) * leaves.length, VALUES);',
      without: '',
      tests: [PARQUET],
    },
    {
      what: 'pages that say to have more values than there are rows are malformed',
      file: 'lib/runtime/parquet-pages.ts',
      code: 'if (values > most) throw',
      without: 'if (false) throw',
      tests: [PARQUET],
    },
  ],
  'the wrong reason': [
    {
      what: 'an item that was healed is no reason',
      file: 'lib/engine/serverless/plan-items.ts',
      code: 'filter(([index]) => !isMade(index))',
      without: 'filter(() => true)',
      tests: [CONCLUDE, 'test/engine/serverless/plan-items.test.ts'],
    },
    {
      what: 'of items that failed, one with words of its own tells why',
      file: 'lib/engine/serverless/handler/execution-failure.ts',
      code: 'if (!isCutShort(words)) return words;',
      without: 'return words;',
      tests: [CONCLUDE],
    },
    {
      what: 'an error in the middle of an object names it',
      file: 'lib/runtime/s3.ts',
      code: '    yield* body;\n  } catch (cause) {\n    throw explained(address, cause);',
      without: '    yield* body;\n  } catch (cause) {\n    throw cause;',
      tests: [S3],
    },
    {
      what: 'a bucket of another region is named',
      file: 'lib/runtime/s3.ts',
      code: 'statusOf(cause) === 301;',
      without: 'statusOf(cause) === 302;',
      tests: [S3],
    },
    {
      what: 'an attempt leaves its words before it can be ended',
      file: 'lib/engine/serverless/handler/attempt.ts',
      code: 'await leave(wordsOf(cutShort(item)));',
      without: '',
      tests: [PROFILE, CONCLUDE],
    },
  ],
};
