import type annualReturn from '../i18n/annual-return/en.json';
import type en from '../i18n/en.json';
import type office from '../i18n/office/en.json';
import type openData from '../i18n/open-data/en.json';

/** Makes a key that no language has a compile error. */
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: {
      translation: typeof en & {
        office: typeof office;
        openData: typeof openData;
        annualReturn: typeof annualReturn;
      };
    };
  }
}
