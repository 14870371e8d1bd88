import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
} from 'yaml';
import type { Path } from './finding.ts';

/** From the first character to the one behind the last. */
export type Offsets = readonly [from: number, to: number];

/**
 * Where the value of a path stands; of one that is not there, the nearest around it. Of an object that is the name of its field, since nobody
 * wants to see the whole of it.
 */
export function offsetsOf(document: Document, path: Path, isOfKey: boolean): Offsets {
  let shown = startOf(document.contents);
  let node: unknown = document.contents;
  for (const [index, part] of path.entries()) {
    const found = memberOf(resolved(document, node), part, document);
    if (found === undefined) return shown;
    const isLast = index === path.length - 1;
    node = found.value;
    shown =
      found.key !== undefined && (isCollection(node) || node === null || (isLast && isOfKey))
        ? offsets(found.key)
        : startOf(node);
  }
  return shown;
}

interface Member {
  readonly key?: Node;
  readonly value: unknown;
}

function memberOf(node: unknown, part: string | number, document: Document): Member | undefined {
  if (isSeq(node))
    return typeof part === 'number' && part < node.items.length ? { value: node.items[part] } : undefined;
  if (!isMap(node)) return undefined;
  // Of two with one name, the last is read.
  const own = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(part));
  return own === undefined ? mergedMember(node.items, part, document) : memberOfPair(own);
}

/** What `<<: *defaults` brings. */
function mergedMember(pairs: readonly Pair[], part: string | number, document: Document): Member | undefined {
  for (const { key, value } of pairs) {
    if (!isScalar(key) || (key.value !== '<<' && key.source !== '<<')) continue;
    const source = resolved(document, value);
    const found = isMap(source)
      ? source.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(part))
      : undefined;
    if (found !== undefined) return memberOfPair(found);
  }
  return undefined;
}

function memberOfPair({ key, value }: Pair): Member {
  return isNode(key) ? { key, value } : { value };
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** A value as it is written, or of an item that has fields the name of the first. */
function startOf(node: unknown): Offsets {
  if (isMap(node)) return startOf(node.items[0]?.key ?? undefined) ?? offsets(node);
  if (isPair(node)) return startOf(node.key);
  return offsets(node);
}

function offsets(node: unknown): Offsets {
  const range = isNode(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : [0, 0];
}

/** Names that a map has once more, each behind the first. */
export function repeatedKeys(document: Document): readonly { readonly name: string; readonly at: Offsets }[] {
  const repeated: { name: string; at: Offsets }[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const known = new Set<string>();
      for (const { key } of items) {
        // Several maps may be merged.
        if (!isScalar(key) || key.source === '<<') continue;
        const name = String(key.value);
        if (known.has(name)) repeated.push({ name, at: offsets(key) });
        known.add(name);
      }
    },
  });
  return repeated;
}

/** `image: {{ .Values.image }}` is YAML, of a map that is the name of a field, which no manifest has. */
export function templateIn(document: Document): Offsets | undefined {
  let found: Offsets | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isMap(key)) return undefined;
      found = offsets(key);
      return visit.BREAK;
    },
  });
  return found;
}
