import 'reflect-metadata';
import { inOneSentence } from '#process';
import { rescue } from './sign-in/rescue';

/** Helps people who cannot sign in; exit code 1, with a sentence, where it cannot. */
rescue(process.env, (line) => void process.stdout.write(`${line}\n`))
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${inOneSentence(error) ?? String(error)}\n`);
    process.exitCode = 1;
  });
