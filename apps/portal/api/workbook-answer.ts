import type { FastifyReply } from 'fastify';
import { wordsFor } from '#web';
import type { Language } from '#web';
import type { Reading } from '../reading';
import { savedAs } from './answer';
import { XLSX, workbookOf } from './workbook';

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Parameters<typeof workbookOf>[0];
}

/** Sends a table as a workbook: in the words of the pages of a language, or without one as programs know it. */
export async function answerWorkbook(reading: Reading, reply: FastifyReply, table: Table, lang?: Language): Promise<void> {
  const { name, columns, rows } = table;
  const words = lang && wordsFor(lang, reading.profile);
  await reply
    .headers({ ...savedAs(`${name}.xlsx`), ...(lang && { 'content-language': lang }) })
    .type(XLSX)
    .send(workbookOf(rows, name, columns, words));
} // prettier-ignore

/** What an answer in a language changes with beside the log and the day: the language too. */
export function alsoSaidIn(lang: Language | undefined, also?: () => Promise<string>): typeof also {
  if (lang === undefined) return also;
  return async () => (also === undefined ? lang : `${lang}.${await also()}`);
}
