// jest loads CommonJS: TypeScript, and the ES modules of hyparquet, become that file by file
const { transformSync } = require('esbuild');

module.exports = {
  process: (source, sourcefile) => {
    const loader = sourcefile.endsWith('.ts') ? 'ts' : 'js';
    const options = { loader, sourcefile, format: 'cjs', target: 'node20', sourcemap: 'external' };
    const { code, map } = transformSync(source, options);
    return { code, map };
  },
};
