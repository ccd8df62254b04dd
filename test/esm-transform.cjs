// hyparquet is published as ES modules only, and jest loads CommonJS
const { transformSync } = require('esbuild');

module.exports = { process: (source) => ({ code: transformSync(source, { format: 'cjs', target: 'node20' }).code }) };
