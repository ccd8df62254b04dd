/** What may follow digits begins with something else, so that no text takes longer than it is long: strangers send texts of millions of digits that end in a letter. */
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** Whether a text is a number as programs write it, without hexadecimal forms and names; the empty text and `NaN` are none. */
export const isDecimal = (text: string): boolean => DECIMAL.test(text);
