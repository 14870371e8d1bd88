import type { Finding, ObjectFinding } from './finding.ts';
import { isFields, objectFindings } from './object.ts';
import { readSource, type SourceObject } from './source.ts';
import { referenceFindings } from './references.ts';

/** A text with its name, as people gave it. */
export interface LintedText {
  readonly name: string;
  readonly text: string;
}

export interface LintedFile {
  readonly name: string;
  /** In the order of their places. */
  readonly findings: readonly Finding[];
  /** How many objects of ours it has, and how many of others, which nobody judged. */
  readonly objects: number;
  readonly others: number;
}

/** What is wrong with manifests, each by itself and by what they say of each other. */
export function lint(texts: readonly LintedText[]): readonly LintedFile[] {
  const read = texts.map(({ name, text }) => ({ name, ...readSource(text) }));
  const all = read.flatMap(({ objects }) => objects.map(({ fields }) => fields));
  return read.map(({ name, objects, findings, others }) => {
    const ofObjects = objects.flatMap((object) =>
      [...objectFindings(object.fields), ...referenceFindings(object.fields, all)].map((found) =>
        placed(found, object),
      ),
    );
    return { name, findings: [...findings, ...ofObjects].toSorted(byPlace), objects: objects.length, others };
  });
}

/** A finding of an object as one of its file. */
export function placed(
  { severity, rule, field, path, isOfKey, message }: ObjectFinding,
  object: SourceObject,
): Finding {
  const { kind, metadata } = object.fields;
  const { name, namespace } = isFields(metadata) ? metadata : {};
  const said = { kind: String(kind), name: typeof name === 'string' ? name : '' };
  const whole = typeof namespace === 'string' ? { ...said, namespace } : said;
  return {
    severity,
    rule,
    field: cut(field),
    message: cut(message),
    object: whole,
    ...object.at(path, isOfKey === true),
  };
}

/** Fields and messages may have what a file has, of whatever length. */
const longest = 2048;

function cut(words: string): string {
  return words.length > longest ? `${words.slice(0, longest).toWellFormed()}…` : words;
}

function byPlace({ start: one }: Finding, { start: other }: Finding): number {
  return one.line - other.line || one.column - other.column;
}
