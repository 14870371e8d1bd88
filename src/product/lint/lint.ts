import type { Finding, ObjectFinding } from './finding.ts';
import { type Fields, isFields, objectFindings } from './object.ts';
import { referenceFindings } from './references.ts';
import { readSource, type SourceObject } from './source.ts';
import { togetherFindings } from './together.ts';

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

/** What else may judge an object in which nothing is wrong by itself, such as an API server. */
export type AlsoJudge = (object: Fields) => Promise<readonly ObjectFinding[]>;

/** What is wrong with manifests, each by itself and by what they say of each other. */
export function lint(texts: readonly LintedText[]): readonly LintedFile[] {
  return judged(texts).map(fileOf);
}

/** As `lint`, and what another judge says. Objects are judged one after the other. */
export async function lintAlso(texts: readonly LintedText[], judge: AlsoJudge): Promise<readonly LintedFile[]> {
  const files: LintedFile[] = [];
  for (const file of judged(texts)) {
    const objects: JudgedObject[] = [];
    for (const object of file.objects) {
      const isWrong = object.findings.some(({ severity }) => severity === 'error');
      const more = isWrong ? [] : await judge(object.source.fields);
      objects.push({ ...object, findings: [...object.findings, ...more] });
    }
    files.push(fileOf({ ...file, objects }));
  }
  return files;
}

interface JudgedText {
  readonly name: string;
  readonly objects: readonly JudgedObject[];
  /** Of the text itself. */
  readonly findings: readonly Finding[];
  readonly others: number;
}

interface JudgedObject {
  readonly source: SourceObject;
  readonly findings: readonly ObjectFinding[];
}

function judged(texts: readonly LintedText[]): readonly JudgedText[] {
  const read = texts.map(({ name, text }) => ({ name, ...readSource(text) }));
  const all = read.flatMap(({ objects }) => objects.map(({ fields }) => fields));
  const byThemselves = new Map(all.map((fields) => [fields, objectFindings(fields)]));
  const right = all.filter((fields) => byThemselves.get(fields)?.length === 0);
  const findingsOf = (fields: Fields): readonly ObjectFinding[] => {
    const own = byThemselves.get(fields) ?? [];
    const together = own.length === 0 ? togetherFindings(fields, right) : [];
    return [...own, ...together, ...referenceFindings(fields, all)];
  };
  return read.map((text) => ({
    ...text,
    objects: text.objects.map((source) => ({ source, findings: findingsOf(source.fields) })),
  }));
}

function fileOf({ name, objects, findings, others }: JudgedText): LintedFile {
  const placed = objects.flatMap((object) => object.findings.map((finding) => placedIn(object.source, finding)));
  return { name, findings: [...findings, ...placed].toSorted(byPlace), objects: objects.length, others };
}

function placedIn(object: SourceObject, { severity, rule, field, path, isOfKey, message }: ObjectFinding): Finding {
  const { kind, metadata } = object.fields;
  const { name, namespace } = isFields(metadata) ? metadata : {};
  const said = { kind: cut(String(kind)), name: typeof name === 'string' ? cut(name) : '' };
  const whole = typeof namespace === 'string' ? { ...said, namespace: cut(namespace) } : said;
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
