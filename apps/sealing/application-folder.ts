import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApplicationContent } from '#sealing';
import { WrongRequest } from './wrong-request';

const ANSWERS = 'answers.json';

/** An application as it lies in a folder: `answers.json`, texts by code, and every other file an attachment. Throws WrongRequest. */
export async function readApplication(folder: string): Promise<ApplicationContent> {
  const entries = await readdir(folder, { withFileTypes: true });
  const stray = entries.find((entry) => !entry.isFile());
  if (stray)
    throw new WrongRequest(
      `${stray.name} is no file. Put all attachments into the folder itself, without folders in it.`,
    );
  const names = entries.map(({ name }) => name).sort();
  if (!names.includes(ANSWERS))
    throw new WrongRequest(`There is no ${ANSWERS} in ${folder}. Write your answers into it: { "plan": "…" }.`);
  const attachments = await Promise.all(
    names.filter((name) => name !== ANSWERS).map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })),
  );
  return { answers: answersIn(await readFile(join(folder, ANSWERS), 'utf8')), attachments };
}

/** Writes an opened application, which must not be there yet. */
export async function writeApplication(folder: string, { answers, attachments }: ApplicationContent): Promise<void> {
  await mkdir(folder, { recursive: true });
  const options = { flag: 'wx', mode: 0o600 };
  await writeFile(join(folder, ANSWERS), `${JSON.stringify(answers, undefined, 2)}\n`, options);
  for (const { name, bytes } of attachments) await writeFile(join(folder, name), bytes, options);
}

function answersIn(text: string): Readonly<Record<string, string>> {
  try {
    const answers: unknown = JSON.parse(text);
    if (typeof answers === 'object' && answers !== null && !Array.isArray(answers))
      return answers as Record<string, string>;
  } catch {
    // Said below, in our words.
  }
  throw new WrongRequest(`${ANSWERS} is no object of texts: { "plan": "…", "impact": "…" }.`);
}
