/** The objects of a file, YAML or JSON, as kubectl reads them, and where their fields stand. */
import { type Document, LineCounter, parseAllDocuments, type Tags, type YAMLParseError } from 'yaml';
import type { Finding, Path, Place } from './finding.ts';
import { type Fields, isFields, isOurs } from './object.ts';
import { type Offsets, offsetsOf, repeatedKeys, templateIn } from './places.ts';
import { isTooDeep } from './depth.ts';
import { shortened } from './words.ts';

/** An object of ours, with the places of its fields. */
export interface SourceObject {
  readonly fields: Fields;
  /** Where a value stands, or the name of its field; of what is not there, the nearest around it. */
  at(path: Path, isOfKey: boolean): Range;
}

export interface Range {
  readonly start: Place;
  /** Behind the last character. */
  readonly end: Place;
}

export interface Source {
  readonly objects: readonly SourceObject[];
  /** What keeps the text from being read. */
  readonly findings: readonly Finding[];
  /** How many objects are for others to judge. */
  readonly others: number;
}

/** The longest text that is read: all objects that fit into a request of 3 MiB, several times. */
export const longestText = 16 * 1024 * 1024;

/** How deep a text may be nested; an object of Kubernetes is not a tenth of it. */
const deepest = 500;

/** How many values aliases may stand for. */
const mostAliases = 1000;

/** Reads a text. Whatever it holds, this ends, throws nothing and interprets nothing. */
export function readSource(text: string): Source {
  const places = new Places(text);
  const unread = (message: string): Source => ({
    ...empty,
    findings: [fault('Syntax', message, places.range([0, 0]))],
  });
  if (text.length > longestText) {
    return unread(`has ${text.length} characters, and at most ${longestText} are read: split it`);
  }
  if (isTooDeep(text, deepest)) return unread(`is nested more than ${deepest} levels deep, which no object is`);
  try {
    // Whether names are unique, the parser would compare each with each.
    const options = {
      version: '1.1',
      merge: true,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'silent',
    } as const;
    const parsed = parseAllDocuments(text, { ...options, customTags: tagsOfKubectl });
    const documents = Array.isArray(parsed) ? (parsed as readonly Document[]) : [];
    return together(documents.map((document) => readDocument(document, text, places)));
  } catch (error) {
    return unread(unreadable(error));
  }
}

function unreadable(error: unknown): string {
  return `cannot be read as YAML: ${shortened(error instanceof Error ? error.message : String(error))}`;
}

/** kubectl reads YAML 1.1, but leaves times as they are written. */
function tagsOfKubectl(tags: Tags): Tags {
  return tags.filter(
    (tag) =>
      typeof tag === 'string' || (!('format' in tag && tag.format === 'TIME') && !tag.tag.endsWith(':timestamp')),
  );
}

class Places {
  readonly #lines = new LineCounter();

  constructor(text: string) {
    this.#lines.addNewLine(0);
    for (const { index } of text.matchAll(/\n/g)) this.#lines.addNewLine(index + 1);
  }

  range([from, to]: Offsets): Range {
    return { start: this.#place(from), end: this.#place(Math.max(from, to)) };
  }

  #place(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

function fault(rule: Finding['rule'], message: string, range: Range): Finding {
  return { severity: 'error', rule, message, ...range };
}

const empty: Source = { objects: [], findings: [], others: 0 };

function together(sources: readonly Source[]): Source {
  return {
    objects: sources.flatMap(({ objects }) => objects),
    findings: sources.flatMap(({ findings }) => findings),
    others: sources.reduce((sum, { others }) => sum + others, 0),
  };
}

function readDocument(document: Document, text: string, places: Places): Source {
  const [error] = document.errors;
  if (error !== undefined) return { ...empty, findings: syntaxFindings(error, text, places) };
  const found = objectsOf(document);
  if (typeof found === 'string')
    return { ...empty, findings: [fault('Syntax', found, places.range(startOf(document)))] };
  const ours = found.filter(({ fields }) => isOurs(fields));
  const others = found.length - ours.length;
  if (ours.length === 0) return { ...empty, others };
  const template = templateIn(document);
  if (template !== undefined) return { ...empty, findings: [fault('Template', templateWords, places.range(template))] };
  const objects = ours.map(({ fields, path }): SourceObject => ({
    fields,
    at: (inner, isOfKey) => places.range(offsetsOf(document, [...path, ...inner], isOfKey)),
  }));
  const twice = repeatedKeys(document).map(({ name, at }) =>
    fault('DuplicateKey', `"${shortened(name)}" is there already: keep one of the two`, places.range(at)),
  );
  return { objects, findings: twice, others };
}

/** The objects of a document, or why it has no value, such as that it would be huge. */
function objectsOf(document: Document): readonly Found[] | string {
  try {
    return objectsIn(document.toJS({ maxAliasCount: mostAliases }), []);
  } catch (error) {
    return unreadable(error);
  }
}

function startOf({ range }: Document): Offsets {
  return [range?.[0] ?? 0, range?.[0] ?? 0];
}

interface Found {
  readonly fields: Fields;
  readonly path: Path;
}

/** The object of a document, or those of a List. What names no kind, such as the values of a chart, is none. */
function objectsIn(value: unknown, path: Path): readonly Found[] {
  if (!isFields(value)) return [];
  const { kind, apiVersion, items } = value;
  if (kind === 'List' && apiVersion === 'v1' && Array.isArray(items)) {
    return items.flatMap((item: unknown, index) => (path.length > 4 ? [] : objectsIn(item, [...path, 'items', index])));
  }
  return [{ fields: value, path }];
}

const templateWords = 'is a template, not a manifest: render it first, and lint what comes out of it';

/** What follows an error only follows from it. A text of others may be of a template that we need not read. */
function syntaxFindings({ message, pos }: YAMLParseError, text: string, places: Places): readonly Finding[] {
  const template = text.indexOf('{{');
  if (template === -1) return [fault('Syntax', `is no YAML: ${shortened(message)}`, places.range(pos))];
  if (!text.includes('flyball.dev/')) return [];
  return [fault('Template', templateWords, places.range([template, template + 2]))];
}
