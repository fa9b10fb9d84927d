import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import type { Message } from './message';
import { NotSent, messageId } from './transport';
import type { Failure, Transport } from './transport';

/** A message as mail (RFC 5322), marked as written by a program so that nobody's absence answers it (RFC 3834). */
export function mailOf(message: Message): SendMailOptions {
  const { from, to, subject, text, date, language } = message;
  return {
    from,
    to,
    subject,
    text,
    date: new Date(date),
    messageId: messageId(message),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const SECONDS = 1000;

/** Sends by SMTP (RFC 5321). The address may hold a password and is never repeated in messages. */
export function smtpTransport(url: string): Transport {
  const { protocol, host } = new URL(url);
  // Shorter than a program takes to stop at most, so that a server that keeps silent cannot keep it from stopping.
  const transporter = createTransport({
    url,
    pool: true,
    maxConnections: 1,
    connectionTimeout: 5 * SECONDS,
    greetingTimeout: 5 * SECONDS,
    socketTimeout: 10 * SECONDS,
  });
  return {
    name: `${protocol}//${host}`,
    send: async (message) => {
      try {
        await transporter.sendMail(mailOf(message));
      } catch (error) {
        throw new NotSent(failureOf(error), error instanceof Error ? error.message : String(error), { cause: error });
      }
    },
    close: async () => transporter.close(),
  };
}

/** What the server's reply says (RFC 5321 §4.2.1): 4yz later, 5yz never. A refused sign-in or connection is nobody's message's fault. */
function failureOf(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return 'unreachable';
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (typeof responseCode !== 'number' || code === 'EAUTH' || code === 'ECONNECTION' || responseCode === 421)
    return 'unreachable';
  return responseCode >= 500 ? 'permanent' : 'temporary';
}
