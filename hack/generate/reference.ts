/** Every field of our kinds as pages of docs/api, from crds/. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import type { CustomResource, Schema } from './schema.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = 'docs/api';

/** An object that has fields, and where it is in the kind: `spec.checks[]`. */
interface Section {
  readonly path: string;
  readonly node: Schema;
}

/** The texts of the pages, by path. */
export async function referencePages(resources: readonly CustomResource[]): Promise<ReadonlyMap<string, string>> {
  const pages = resources.map(async (resource): Promise<[string, string]> => [
    `${folder}/${resource.kind.toLowerCase()}.md`,
    await format(pageOf(resource), { parser: 'markdown', printWidth: 120 }),
  ]);
  return new Map(await Promise.all(pages));
}

function pageOf({ apiVersion, kind, schema }: CustomResource): string {
  const sections = sectionsOf('', schema);
  const places = new Map<string, string>();
  for (const { path, node } of sections) if (node.title && !places.has(node.title)) places.set(node.title, path);
  const isTold = ({ path, node }: Section) => !node.title || places.get(node.title) === path;
  const told = sections.filter((section) => section.path !== '' && isTold(section));
  return [
    `<!-- Generated from crds/${kind.toLowerCase()}s.yaml by \`npm run generate\`. Do not edit. -->`,
    `# ${kind}`,
    `\`${apiVersion}\`. ${schema.description ?? ''}`,
    `\`kubectl explain ${kind.toLowerCase()}.spec\` says the same. Fields that have to be there are marked with *.`,
    ...told.flatMap(({ path, node }) => [`## ${path}`, node.description ?? '', tableOf(path, node, places)]),
  ].join('\n\n');
}

/** A node's own fields, and behind it those of what it holds, in the order of the file. */
function sectionsOf(path: string, node: Schema): readonly Section[] {
  const [inner, suffix] = innermost(node);
  if (!inner.properties) return [];
  const place = `${path}${suffix}`;
  const below = Object.entries(inner.properties).flatMap(([name, field]) =>
    sectionsOf(place === '' ? name : `${place}.${name}`, field),
  );
  return [{ path: place, node: { ...inner, description: inner.description ?? node.description ?? '' } }, ...below];
}

/** What a list or a map holds, and how that is written behind a path. */
function innermost(node: Schema, suffix = ''): readonly [Schema, string] {
  if (node.items) return innermost(node.items, `${suffix}[]`);
  if (node.additionalProperties) return innermost(node.additionalProperties, `${suffix}.NAME`);
  return [node, suffix];
}

function tableOf(
  path: string,
  { properties = {}, required = [] }: Schema,
  places: ReadonlyMap<string, string>,
): string {
  const rows = Object.entries(properties).map(([name, field]) => {
    const [inner, suffix] = innermost(field);
    const own = `${path}.${name}${suffix}`;
    const place = inner.title ? places.get(inner.title) : own;
    const more = inner.properties && place !== undefined ? ` See [${place}](#${anchorOf(place)}).` : '';
    const star = required.includes(name) ? ' *' : '';
    return `| \`${name}\`${star} | ${typeOf(field)} | ${cell(field.description ?? '')}${more} |`;
  });
  return ['| field | type | what it says |', '| --- | --- | --- |', ...rows].join('\n');
}

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string) => heading.toLowerCase().replaceAll(/[^a-z0-9 _-]/g, '');

/** Text in a cell of a table. */
const cell = (text: string) =>
  text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*').trim();

function typeOf(node: Schema): string {
  const { enum: values, default: standard, maxLength, maxItems, maxProperties } = node;
  const parts = [
    values === undefined ? nameOf(node) : (values as unknown[]).map((value) => `\`${String(value)}\``).join(', '),
    rangeOf(node),
    maxLength !== undefined && `at most ${maxLength} characters`,
    maxItems !== undefined && `at most ${maxItems}`,
    node.additionalProperties && maxProperties !== undefined && `at most ${maxProperties}`,
    standard !== undefined && `default \`${JSON.stringify(standard)}\``,
  ];
  return parts.filter(Boolean).join(', ');
}

/** Of a number that is bounded by what JSON can hold alone, nothing is said. */
function rangeOf({ minimum, maximum }: Schema): string | undefined {
  const [low, high] = [minimum, maximum].map((bound) =>
    Math.abs(Number(bound)) < 1e15 - 1 ? String(bound) : undefined,
  );
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  return low === undefined ? high && `at most ${high}` : `at least ${low}`;
}

function nameOf(node: Schema): string {
  if (node['x-kubernetes-int-or-string']) return 'number or string';
  if (node.items) return `list of ${plural(node.items)}`;
  if (node.additionalProperties) return `map of ${plural(node.additionalProperties)}`;
  return node.format === 'date-time' ? 'time' : (node.type ?? 'any');
}

const plural = (node: Schema) => `${nameOf(node)}s`.replace(/^(list|map) of/, '$1s of');

/** The paths of those that are not as they would be written. */
export function stalePages(pages: ReadonlyMap<string, string>): readonly string[] {
  const isCurrent = (path: string, text: string) =>
    existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === text;
  return [...pages].filter(([path, text]) => !isCurrent(path, text)).map(([path]) => path);
}

/** Brings the pages up to date. Returns the paths of those that were written. */
export function writePages(pages: ReadonlyMap<string, string>): readonly string[] {
  const stale = stalePages(pages);
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), pages.get(path) ?? '');
  }
  return stale;
}
