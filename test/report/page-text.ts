const ENTITIES: { readonly [entity: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Tags whose text is a line of its own. */
const BLOCKS =
  /<\/?(?:h\d|p|li|tr|dt|section|div|details|summary|table|caption|figure|figcaption|footer|header|svg|ol|ul|dl)\b[^>]*>/g;

/** What a page says to its reader, line by line; pictures by their names. */
export function pageText(page: string): string {
  const body = page.slice(page.indexOf('<body>')).replace(/<(?:path|rect|circle)[^>]*>/g, '');
  const text = body
    .replace(BLOCKS, '\n')
    .replace(/<(?:th|td|dd|span|small|title|desc|b|em)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '');
  const decoded = text.replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => ENTITIES[entity]);
  const lines = decoded.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
  return lines.filter((line) => line !== '').join('\n');
}

/** The tags of a page, in their order, without what attributes say. */
export function tagsOf(page: string): string[] {
  return [...page.matchAll(/<(\/?[a-z][a-z0-9]*)/gi)].map(([, name]) => name);
}
