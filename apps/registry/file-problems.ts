import { FileError } from '#files';
import type { FileFault } from '#files';
import { failed } from '#http';
import type { RequestProblemCode } from '#http';

/** Which problem each fault of the store is for the one who sends or asks for a file. */
const problems: Record<FileFault, RequestProblemCode> = {
  'file-empty': 'file-refused',
  'file-too-large': 'too-large',
  'shelf-full': 'files-full',
  'disk-full': 'files-full',
  'file-damaged': 'internal-error',
  'digest-malformed': 'malformed-request',
  'type-unknown': 'file-refused',
  'type-not-accepted': 'file-refused',
  'photo-unreadable': 'file-refused',
  'photo-too-many-pixels': 'file-refused',
};

/** What a task with files gives; its faults become problem documents. Throws RequestFailed. */
export async function orProblem<Result>(task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof FileError) throw failed(problems[error.code], error.message);
    throw error;
  }
}
