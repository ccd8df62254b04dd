/**
 * SNS takes subjects of less than 100 characters, without line breaks or control characters.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export const SUBJECT_CHARACTERS = 99;

/** A text of so many characters at most, of which the last say that it was longer. */
export const shortened = (text: string, characters: number): string =>
  text.length <= characters ? text : `${text.slice(0, characters - 3)}...`;

/** A text as SNS takes it for a subject. */
export function subjectText(text: string): string {
  return shortened(text, SUBJECT_CHARACTERS)
    .replace(/[^\x20-\x7e]/g, '?')
    .trimStart();
}
