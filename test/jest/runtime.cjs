// jest loads each module anew for each suite. Our own stay so; packages are loaded once, for all suites of a worker, by Node.js.
// What a suite stubbed in them is put back behind it: by jest what jest mocked, here what aws-sdk-client-mock stubbed.
const { createRequire, isBuiltin } = require('node:module');
const { compileFunction, constants } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** What `moduleNameMapper` maps, what has to be transformed, and what belongs to the suite. */
const NOT_SHARED = /^(cdk-sagemaker-monitoring|hyparquet|@jest\/.+)$/;

/** Files that no other suite requires. */
const SUITE = /\.(test|suite)\.[a-z]+$/;

/** What compiled modules of this worker's suites are compiled from, and to. A suite runs them anew: it is the text that is not read again. */
const compiled = new Map();

/** Compiles a module for the context that it runs in, once as long as its text is the same; suites are run once. */
function compile(source, filename, parameters) {
  const known = compiled.get(filename);
  if (known?.source === source) return known.run;
  const run = compileFunction(source, parameters, {
    filename,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (!SUITE.test(filename)) compiled.set(filename, { source, run });
  return run;
}

/** Whether the name is of a package that Node.js loads. */
function isShared(name) {
  return /^[@a-z]/.test(name) && !isBuiltin(name) && !NOT_SHARED.test(name);
}

module.exports = class SharingRuntime extends Runtime {
  constructor(...options) {
    super(...options);
    const { executor } = this;
    if (!executor?.injectedModuleParameters || !executor.compile)
      throw new Error('this jest compiles modules elsewhere');
    const { injectedModuleParameters: parameters } = executor;
    executor.compile = (source, filename) => compile(source, filename, parameters);
  }

  requireModule(from, name, options, isRequireActual) {
    const isShareable = name && !options?.isInternalModule && isShared(name);
    return isShareable ? createRequire(from)(name) : super.requireModule(from, name, options, isRequireActual);
  }

  teardown() {
    super.teardown();
    require.cache[require.resolve('sinon')]?.exports.restore();
  }
};
module.exports.default = module.exports;
