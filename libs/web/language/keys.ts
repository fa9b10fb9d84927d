import type annualReturn from '../i18n/annual-return/en.json';
import type en from '../i18n/en.json';
import type office from '../i18n/office/en.json';
import type openData from '../i18n/open-data/en.json';

/** Every text there is, by its place. */
type Texts = typeof en & {
  readonly office: typeof office;
  readonly openData: typeof openData;
  readonly annualReturn: typeof annualReturn;
};

type KeyIn<Group> = {
  [Name in keyof Group & string]: Group[Name] extends string ? Name : `${Name}.${KeyIn<Group[Name]>}`;
}[keyof Group & string];

/** The key of a text: one that no language has is a compile error. */
export type TextKey = KeyIn<Texts>;
