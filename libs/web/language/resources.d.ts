import type en from '../i18n/en.json';

/** Makes a key that no language has a compile error. */
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}
