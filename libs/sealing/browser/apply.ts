import { SealingError } from '../error';
import { TooLarge, canSeal, sealInBrowser } from './seal';
import type { BrowserSealed } from './seal';

/**
 * The script of the page on which an organisation applies. It seals in the browser what is typed and chosen there, and sends the ciphertext alone. The page's
 * fields have no names and its policy lets no form be sent: without this script nothing leaves the browser.
 */

/** What the page says, in the reader's language. */
interface Texts {
  readonly sealing: string;
  readonly sending: string;
  readonly tooLarge: string;
  readonly badFile: string;
  readonly organisationNeeded: string;
  readonly failed: string;
  /** With {time} and {application}. */
  readonly done: string;
}

function setUp(form: HTMLFormElement): void {
  const { call = '', publicKey = '', endpoint = '', formToken, texts: written = '{}' } = form.dataset;
  const texts = JSON.parse(written) as Texts;
  const button = form.querySelector('button');
  const status = document.getElementById('apply-status');
  if (!button || !status) return;
  document.getElementById('apply-no-script')?.remove();
  const say = (text: string, failed = false): void => {
    status.textContent = text;
    status.dataset.failed = String(failed);
  };
  void canSeal().then((able) => {
    const unable = document.getElementById('apply-unable');
    if (able) button.disabled = false;
    else if (unable) unable.hidden = false;
  });
  // One key for one form: sent again after a lost answer, the same application is handed in once.
  let sealed: BrowserSealed | undefined;
  const apply = async (): Promise<void> => {
    const organisation = form.querySelector<HTMLInputElement>('[data-organisation]')?.value.trim() ?? '';
    if (organisation === '') return say(texts.organisationNeeded, true);
    button.disabled = true;
    try {
      say(texts.sealing);
      sealed ??= await sealInBrowser({ call, organisation, publicKey, content: await contentOf(form) });
      say(texts.sending);
      const receipt = await send(endpoint, organisation, sealed, formToken);
      say(texts.done.replace('{time}', receipt.recordedAt).replace('{application}', receipt.application));
      offer(receipt);
      form.querySelectorAll('input, textarea').forEach((field) => field.setAttribute('disabled', ''));
    } catch (error) {
      button.disabled = false;
      say(sentence(error, texts), true);
    }
  };
  form.addEventListener('input', () => (sealed = undefined));
  button.addEventListener('click', () => void apply());
  form.addEventListener('submit', (event) => event.preventDefault());
}

async function contentOf(form: HTMLFormElement) {
  const answers: Record<string, string> = {};
  for (const field of form.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>('[data-answer]'))
    answers[field.dataset.answer ?? ''] = field.value;
  const files = [...(form.querySelector<HTMLInputElement>('[data-attachments]')?.files ?? [])];
  const attachments = await Promise.all(
    files.map(async (file) => ({ name: file.name.normalize('NFC'), bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  return { answers, attachments };
}

interface Receipt {
  readonly application: string;
  readonly recordedAt: string;
}

async function send(
  endpoint: string,
  organisation: string,
  { bytes, sha256, digest }: BrowserSealed,
  formToken: string | undefined,
): Promise<Receipt> {
  const answer = await fetch(`${endpoint}?${new URLSearchParams({ organisation, digest }).toString()}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'idempotency-key': `sealed-${sha256}`,
      ...(formToken && { 'x-form-token': formToken }),
    },
    body: bytes,
  });
  const content = (await answer.json()) as Receipt & { detail?: string };
  if (!answer.ok) throw new Refused(content.detail ?? String(answer.status));
  return content;
}

/** The registry refused; the message is its own sentence. */
class Refused extends Error {}

/** The receipt, to be saved; a link with the whole of it, so that nothing is asked of the server again. */
function offer(receipt: Receipt): void {
  const link = document.getElementById('apply-receipt');
  if (!(link instanceof HTMLAnchorElement)) return;
  link.href = URL.createObjectURL(new Blob([JSON.stringify(receipt, undefined, 2)], { type: 'application/json' }));
  link.download = `receipt-${receipt.application}.json`;
  link.hidden = false;
  link.focus();
}

function sentence(error: unknown, texts: Texts): string {
  if (error instanceof TooLarge) return texts.tooLarge;
  if (error instanceof SealingError) return texts.badFile;
  return error instanceof Refused ? error.message : texts.failed;
}

const form = document.getElementById('apply');
if (form instanceof HTMLFormElement) setUp(form);
