// Lets `node --require` run TypeScript from the sources, compiled exactly as the tests are.
const { readFileSync } = require('node:fs');
const { _extensions: extensions } = require('node:module');
const { transformSync } = require('@swc/core');
const { transform } = require('../jest.config.js');

const [[, options]] = Object.values(transform);

for (const extension of ['.ts', '.tsx']) {
  extensions[extension] = (module, filename) => {
    const source = readFileSync(filename, 'utf8');
    const { code } = transformSync(source, { ...options, filename, sourceMaps: 'inline', swcrc: false });
    module._compile(code, filename);
  };
}
