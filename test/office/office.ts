import { aSystem } from '../api/system';
import type { TestSystem } from '../api/system';

/** A page as a test reads it. */
export interface Page {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  /** What the form on it would send, with what it says already. */
  readonly form: URLSearchParams;
}

/** The back office as a browser without a script sees it. */
export interface TestOffice {
  readonly system: TestSystem;
  open(path: string, headers?: Record<string, string>): Promise<Page>;
  /** Sends the form of a page with some of it filled in, by the button `step`. */
  send(page: Page, step: string, filled?: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Page>;
} // prettier-ignore

export async function anOffice(): Promise<TestOffice> {
  const system = await aSystem();
  const read = async (answer: Response): Promise<Page> => {
    const html = await answer.text();
    return { status: answer.status, url: answer.url.replace(system.url, ''), html, form: formIn(html) };
  };
  return {
    system,
    open: async (path, headers = {}) =>
      read(await fetch(system.url + path, { headers: { accept: 'text/html', 'accept-language': 'en', ...headers } })),
    send: async (page, step, filled = {}, headers = {}) => {
      const body = new URLSearchParams(page.form);
      for (const [name, value] of Object.entries(filled)) body.set(name, value);
      body.set('step', step);
      const answer = await fetch(system.url + page.url.split('?')[0]!, {
        method: 'POST',
        headers: { accept: 'text/html', 'accept-language': 'en', origin: system.url, ...headers },
        body,
      });
      return read(answer);
    },
  };
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'); // prettier-ignore

function formIn(html: string): URLSearchParams {
  const form = new URLSearchParams();
  const [, post = ''] = /<form method="post"[^>]*>([\s\S]*?)<\/form>/.exec(html) ?? [];
  for (const [tag] of post.matchAll(/<input(?:[^>"]|"[^"]*")*>/g)) {
    const of = (name: string): string | undefined => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
    const type = of('type');
    if (type === 'file' || ((type === 'radio' || type === 'checkbox') && !/ checked/.test(tag))) continue;
    form.append(unescaped(of('name') ?? ''), unescaped(of('value') ?? ''));
  }
  for (const [, name = '', text = ''] of post.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</g))
    form.append(name, unescaped(text));
  for (const [, name = '', options = ''] of post.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
    form.append(name, /<option value="([^"]*)" selected/.exec(options)?.[1] ?? '');
  return form;
}
