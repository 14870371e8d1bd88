/** What a text must not have when people's terminals, browsers and logs show it: see the Unicode categories. */
const unwanted = /(?![\n\t])\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]/u;

/** The first text of an object, at any depth, also as a key, that acts on a terminal or turns what it shows around; with where it is. */
export function actsOnTerminal(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string')
    return unwanted.test(value) ? `${path}: ${JSON.stringify(value.slice(0, 60))}` : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = unwanted.test(key) ? `a key of ${path}` : actsOnTerminal(inner, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
