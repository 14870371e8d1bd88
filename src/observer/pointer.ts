/**
 * The value that a JSON pointer (RFC 6901) names in a document, or undefined where it names none. Only own members count, so
 * that no pointer reaches into JavaScript's prototypes.
 */
export function valueAt(document: unknown, pointer: string): unknown {
  if (pointer === '') return document;
  if (!pointer.startsWith('/')) return undefined;
  return tokensOf(pointer).reduce(member, document);
}

/** Few, since pointers are written in a revision's signals, and none comes from a request. */
const knownTokens = new Map<string, readonly string[]>();

function tokensOf(pointer: string): readonly string[] {
  const known = knownTokens.get(pointer);
  if (known !== undefined) return known;
  const tokens = pointer.slice(1).split('/').map(unescaped);
  knownTokens.set(pointer, tokens);
  return tokens;
}

/** `~1` before `~0`, as the RFC demands: `~01` means `~1`, not `/`. */
function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

function member(parent: unknown, token: string): unknown {
  if (Array.isArray(parent)) return /^(0|[1-9][0-9]*)$/.test(token) ? parent[Number(token)] : undefined;
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, token)) return undefined;
  return (parent as Readonly<Record<string, unknown>>)[token];
}
