const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** What a reader of a page reads: its text, with single spaces. */
export function textOf(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<\/(p|li|div|dt|dd|td|th|h1|h2|span|summary|time|a|s|del|ins)>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ');
}

const TAG = /<!doctype html>|<\/?[a-zA-Z][\w-]*((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g;

/** Where a page could do what nobody wrote into its templates: text that begins a tag, scripts, attributes that run. */
export function loopholesIn(html: string): string[] {
  const tags = [...html.matchAll(TAG)];
  const attributes = tags.flatMap(([, all = '']) => [...all.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)]);
  return [
    ...(html.replaceAll(TAG, '').match(/<.{0,40}/g) ?? []),
    ...tags.map(([tag]) => tag).filter((tag) => /^<(script|style|iframe|object|embed|base)/i.test(tag)),
    ...attributes
      .filter(
        ([, name = '', value = '']) =>
          /^(on|style$)/i.test(name) || (name === 'href' && !/^(\/|#|https?:)/.test(value)),
      )
      .map(([attribute]) => attribute),
  ];
}
