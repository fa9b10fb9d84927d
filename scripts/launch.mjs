// Runs one of our own programs with the terminal's own input and output, and hands every signal on to it.
import { spawn } from 'node:child_process';
import { root } from './prepare.mjs';

export function launch(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the child by itself (same terminal); this process only waits for it to end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
