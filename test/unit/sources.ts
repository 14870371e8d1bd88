/** What source files import and reach for, as their syntax tells. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from '@swc/core';

const repository = join(import.meta.dirname, '..', '..');

/** Each path is that of a file from the root of the repository. */
export interface Source {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /**
   * What its expressions name: `performance`, `Date.now`, `Date.` for one that is not told by its name, `fetch()`, and `new Date()`
   * without arguments or `new Date` with some.
   */
  readonly values: ReadonlySet<string>;
  /** The texts in it, those of templates in pieces. */
  readonly texts: readonly string[];
}

/** Stands for what an import that is no plain text may name. */
export const computed = 'what it computes';

export interface Import {
  /** A path for a file of the repository, else the name of a module. */
  readonly of: string;
  readonly isTypeOnly: boolean;
}

/** The TypeScript files below folders of the repository. */
export function sourcesBelow(...folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => sourceOf(join(folder, file), readFileSync(join(repository, folder, file), 'utf8'))),
  );
}

export function sourceOf(path: string, text: string): Source {
  const program: unknown = parseSync(text, { syntax: 'typescript', target: 'es2022' });
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    imports: nodesOf(program).flatMap((node) => importedBy(node, path)),
    values: new Set(valuesOf(program)),
    texts: nodesOf(program).flatMap(textOf),
  };
}

/** The circles that files import each other in, each as a path that ends where it begins; at least one of those that meet. */
export function circles(sources: readonly Source[]): readonly string[] {
  const imports = new Map(sources.map((source) => [source.path, new Set(source.imports.map((one) => one.of))]));
  const found: string[] = [];
  const done = new Set<string>();
  const follow = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (way.includes(path) || done.has(path)) return;
    for (const next of imports.get(path) ?? []) follow(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) follow(path, []);
  return found;
}

/** A file and all that it imports, directly or not. */
export function reachable(sources: readonly Source[], from: string): readonly Source[] {
  const paths = new Set([from]);
  // Grows while it is walked through.
  for (const path of paths) {
    const found = sources.find((source) => source.path === path);
    for (const { of } of found?.imports ?? []) paths.add(of);
  }
  return sources.filter(({ path }) => paths.has(path));
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** All nodes of a tree, of types too. */
function nodesOf(value: unknown): readonly Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(nodesOf);
  return isNode(value) ? [value, ...below] : below;
}

function importedBy(node: Node, path: string): readonly Import[] {
  const named = specifierOf(node);
  if (!isNode(named)) return [];
  const of = typeof named['value'] === 'string' ? fileOf(named['value'], path) : computed;
  const isTypeOnly = node['typeOnly'] === true || node['isTypeOnly'] === true || node.type === 'TsImportType';
  return [{ of, isTypeOnly }];
}

function textOf({ type, value, raw }: Node): readonly string[] {
  const text = type === 'StringLiteral' ? value : type === 'TemplateElement' ? raw : undefined;
  return typeof text === 'string' ? [text] : [];
}

function specifierOf(node: Node): unknown {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node['source'];
    case 'TsImportType':
      return node['argument'];
    case 'TsImportEqualsDeclaration':
      return (node['moduleRef'] as { readonly expression?: unknown }).expression;
    case 'CallExpression': {
      const { callee, arguments: given } = node;
      const isImport = isNode(callee) && callee.type === 'Import';
      return isImport && Array.isArray(given) ? (given[0] as { readonly expression: unknown }).expression : undefined;
    }
    default:
      return undefined;
  }
}

function fileOf(specifier: string, path: string): string {
  if (specifier === 'flyball/api') return 'src/api/index.ts';
  return specifier.startsWith('.') ? join(dirname(path), specifier) : specifier;
}

/** What expressions are about: names, dotted names and calls. The names of fields and what is said in types are not. */
function valuesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).filter(([field, child]) => !isPartOrType(field, child));
  const own = isNode(value) ? valueOf(value) : undefined;
  return [...(own === undefined ? [] : [own]), ...below.flatMap(([, child]) => valuesOf(child))];
}

/** Whether it is a type, or a name that is told with what it is part of. */
function isPartOrType(field: string, child: unknown): boolean {
  if (field === 'typeAnnotation' || field === 'returnType' || field.startsWith('type')) return true;
  return ['key', 'property', 'object', 'callee'].includes(field) && nameOf(child) !== '';
}

function valueOf(node: Node): string | undefined {
  const { callee, object, property } = node;
  switch (node.type) {
    case 'Identifier':
      return nameOf(node);
    case 'MemberExpression':
      return `${nameOf(object)}.${nameOf(property)}`;
    case 'NewExpression':
      return `new ${nameOf(callee)}${Array.isArray(node['arguments']) && node['arguments'].length > 0 ? '' : '()'}`;
    case 'CallExpression':
      return `${nameOf(callee)}()`;
    default:
      return undefined;
  }
}

function nameOf(value: unknown): string {
  return isNode(value) && value.type === 'Identifier' ? String(value['value']) : '';
}
