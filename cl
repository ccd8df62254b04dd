node:internal/modules/cjs/loader:1210
  throw err;
  ^

Error: Cannot find module './count.js'
Require stack:
- internal/preload
    at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15)
    at Module._load (node:internal/modules/cjs/loader:1038:27)
    at internalRequire (node:internal/modules/cjs/loader:219:19)
    at Module._preloadModules (node:internal/modules/cjs/loader:1785:5)
    at loadPreloadModules (node:internal/process/pre_execution:745:5)
    at setupUserModules (node:internal/process/pre_execution:206:5)
    at prepareExecution (node:internal/process/pre_execution:159:5)
    at prepareMainThreadExecution (node:internal/process/pre_execution:53:10)
    at node:internal/main/run_main_module:11:19 {
  code: 'MODULE_NOT_FOUND',
  requireStack: [ 'internal/preload' ]
}

Node.js v20.20.2
