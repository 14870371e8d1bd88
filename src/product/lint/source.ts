/** The objects of a file, YAML or JSON, as kubectl reads them, and where their fields stand. */
import { type Document, isMap, LineCounter, parseAllDocuments, type Tags, visit, type YAMLParseError } from 'yaml';
import type { Finding, Path, Place } from './finding.ts';
import { type Fields, isFields, isOurs } from './object.ts';
import { type Offsets, offsetsOf } from './places.ts';
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

/** Reads a text. Whatever it holds, this ends, throws nothing and interprets nothing. */
export function readSource(text: string): Source {
  const places = new Places(text);
  const unread = (message: string): Source => ({
    objects: [],
    findings: [fault('Syntax', message, places.range([0, 0]))],
    others: 0,
  });
  if (text.length > longestText)
    return unread(`has ${text.length} characters, and at most ${longestText} are read: split it`);
  if (isTooDeep(text)) return unread(`is nested more than ${deepest} levels deep, which no object is`);
  try {
    const parsed = parseAllDocuments(text, {
      version: '1.1',
      merge: true,
      prettyErrors: false,
      customTags: tagsOfKubectl,
    });
    const documents = Array.isArray(parsed) ? (parsed as readonly Document[]) : [];
    return together(documents.map((document) => readDocument(document, text, places)));
  } catch (error) {
    return unread(`cannot be read as YAML: ${shortened(error instanceof Error ? error.message : String(error))}`);
  }
}

/** kubectl reads YAML 1.1, but leaves times as they are written. */
function tagsOfKubectl(tags: Tags): Tags {
  return tags.filter(
    (tag) =>
      typeof tag === 'string' || (!('format' in tag && tag.format === 'TIME') && !tag.tag.endsWith(':timestamp')),
  );
}

/** By the brackets and dashes alone, whatever they stand in: manifests have not so many open ones, and a parser needs a stack for each. */
function isTooDeep(text: string): boolean {
  if (/^ *(?:[-?] ){500}/m.test(text)) return true;
  let depth = 0;
  for (const { 0: bracket } of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return false;
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
  const errors: readonly YAMLParseError[] = document.errors;
  const unreadable = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  if (unreadable !== undefined) return { ...empty, findings: syntaxFindings(unreadable, text, places) };
  const value: unknown = document.toJS({ maxAliasCount: 1000 });
  const found = objectsIn(value, []);
  const ours = found.filter(({ fields }) => isOurs(fields));
  const others = found.length - ours.length;
  if (ours.length === 0) return { ...empty, others };
  const template = templateIn(document);
  if (template !== undefined) return { ...empty, findings: [fault('Template', templateWords, places.range(template))] };
  const objects = ours.map(({ fields, path }): SourceObject => ({
    fields,
    at: (inner, isOfKey) => places.range(offsetsOf(document, [...path, ...inner], isOfKey)),
  }));
  const twice = errors.map(({ pos }) =>
    fault(
      'DuplicateKey',
      `"${shortened(text.slice(pos[0], pos[1]))}" is there already: keep one of the two`,
      places.range(pos),
    ),
  );
  return { objects, findings: twice, others };
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

/** `image: {{ .Values.image }}` is YAML, of a map that is the name of a field, which no manifest has. */
function templateIn(document: Document): Offsets | undefined {
  let found: Offsets | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isMap(key)) return undefined;
      found = [key.range?.[0] ?? 0, key.range?.[1] ?? 0];
      return visit.BREAK;
    },
  });
  return found;
}

/** What follows an error only follows from it. A text of others may be of a template that we need not read. */
function syntaxFindings({ message, pos }: YAMLParseError, text: string, places: Places): readonly Finding[] {
  const template = text.indexOf('{{');
  if (template === -1) return [fault('Syntax', `is no YAML: ${shortened(message)}`, places.range(pos))];
  if (!text.includes('flyball.dev/')) return [];
  return [fault('Template', templateWords, places.range([template, template + 2]))];
}
