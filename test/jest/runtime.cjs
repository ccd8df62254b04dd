// jest loads each module anew for each suite. Our own stay so; packages are loaded once, for all suites of a worker, by Node.js.
// What a suite stubbed in them is put back behind it: by jest what jest mocked, here what aws-sdk-client-mock stubbed.
const { createRequire, isBuiltin } = require('node:module');
const { compileFunction, constants } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** What `moduleNameMapper` maps, what has to be transformed, and what belongs to the suite. */
const NOT_SHARED = /^(cdk-sagemaker-monitoring|hyparquet|@jest\/.+)$/;

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
    executor.compile = (source, filename) =>
      compileFunction(source, executor.injectedModuleParameters, {
        filename,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
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
