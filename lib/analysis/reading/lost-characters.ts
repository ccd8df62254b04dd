/** What decoders write in place of bytes that they cannot read. */
const REPLACEMENT = '\uFFFD';

/** Whether a text has lost some of its characters: it was written in another encoding than UTF-8, here or before it came here. */
export const hasLostCharacters = (text: string): boolean => text.includes(REPLACEMENT);
