/** The table of all values in the chart's README: their comments in values.yaml, else what the schema says. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { type Document, isMap, isNode, isScalar, parseDocument, stringify, type YAMLMap } from 'yaml';

const chart = join(import.meta.dirname, '..', '..', 'charts', 'flyball');
const page = 'charts/flyball/README.md';
const file = join(chart, 'README.md');
const begin = '<!-- Generated from values.yaml by `npm run generate`. Do not edit from here to the end. -->';

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Row {
  readonly path: string;
  /** Of a value that has values of its own there is none. */
  readonly usual?: string;
  readonly what: string;
}

/** The README with the table as values.yaml and its schema have it now. */
export function readmeOfChart(): Promise<string> {
  const text = readFileSync(file, 'utf8');
  const values = parseDocument(readFileSync(join(chart, 'values.yaml'), 'utf8'));
  const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')) as Schema;
  return format(withTable(text, rowsOf(values, schema)), { parser: 'markdown', printWidth: 120 });
}

/** @throws Error if the text has no place for the table. */
function withTable(text: string, rows: readonly Row[]): string {
  const [before, after] = text.split(begin);
  if (after === undefined) throw new Error(`${page} has no line ${begin}`);
  const lines = rows.map(({ path, usual, what }) => `| \`${path}\` | ${usual ?? ''} | ${what} |`);
  return [`${before}${begin}`, '', '| value | default | what it is |', '| --- | --- | --- |', ...lines, ''].join('\n');
}

/** All values in their order, down to where the schema leaves the shape to Kubernetes. */
export function rowsOf(values: Document, schema: Schema): readonly Row[] {
  if (!isMap(values.contents)) throw new Error('values.yaml is no map');
  return rowsBelow(values.contents, schema, '', values.commentBefore);
}

/** A comment before the first entry of a map belongs to the map, as the parser has it. */
function rowsBelow(map: YAMLMap, schema: Schema, above: string, first: string | null | undefined): readonly Row[] {
  return map.items.flatMap(({ key, value }, index) => {
    const name = isScalar(key) ? String(key.value) : '';
    const path = above === '' ? name : `${above}.${name}`;
    const inner = schema.properties?.[name];
    const before = index === 0 ? (map.commentBefore ?? first) : undefined;
    const comment = before ?? (isNode(key) ? key.commentBefore : undefined);
    const what = sentenceOf(comment) || inner?.description || '';
    if (!isMap(value) || value.items.length === 0 || inner?.properties === undefined)
      return [{ path, usual: `\`${defaultOf(value)}\``, what }];
    const own = !comment ? [] : [{ path, what }];
    return [...own, ...rowsBelow(value, inner, path, undefined)];
  });
}

/** A comment without the example below it, whose lines stand further in, as a cell of a table. */
function sentenceOf(comment: string | null | undefined): string {
  const lines = (comment ?? '').split('\n');
  const example = lines.findIndex((line) => /^ {2,}\S/.test(line));
  const told = example === -1 ? lines : lines.slice(0, example);
  return told
    .map((line) => line.trim())
    .join(' ')
    .replaceAll('|', '\\|')
    .replaceAll(/<([^>]*)>/g, '\\<$1>')
    .trim();
}

/** As one writes it on one line. */
function defaultOf(value: unknown): string {
  const options = { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false } as const;
  return stringify(isNode(value) ? value.toJSON() : value, options)
    .trim()
    .replaceAll('|', '\\|');
}

/** Its path if it is not as it would be written. */
export function staleReadme(text: string): readonly string[] {
  return readFileSync(file, 'utf8') === text ? [] : [page];
}

/** Brings the README up to date. Returns its path if it was written. */
export function writeReadme(text: string): readonly string[] {
  const stale = staleReadme(text);
  if (stale.length > 0) writeFileSync(file, text);
  return stale;
}
