/**
 * The folder of the bundles, for sources, for what they are compiled to, and for the one file that is published of it.
 *
 * @internal
 */
export const ASSETS_FOLDER = `${__dirname}/../assets`;
