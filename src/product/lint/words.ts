import type { StructuralSchema } from '../../api/structuralschema.ts';
import { oneLine } from '../../api/text.ts';

/** The longest that a value is quoted. */
const longestQuote = 64;

/** A value as it is shown in a message: short, on one line. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return `the ${typeof value} ${String(value)}`.replace(/^the object /, '');
  return `the string "${shortened(value)}"`;
}

export function shortened(words: string): string {
  const plain = oneLine(words.slice(0, 4 * longestQuote));
  return plain.length > longestQuote ? `${plain.slice(0, longestQuote).toWellFormed()}…` : plain;
}

export function wrongType(schema: StructuralSchema, value: unknown): string {
  const type = schema['x-kubernetes-int-or-string'] === true ? 'integer,string' : schema.type;
  return `is ${shownValue(value)}, and must be of type ${type}: ${typeRemedy(schema, value)}`;
}

/** What was meant, most likely. */
function typeRemedy(schema: StructuralSchema, value: unknown): string {
  const { type, properties = {} } = schema;
  const plain = typeof value === 'object' ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
  const isPlain = plain !== undefined;
  if (type === 'array') return isPlain ? 'write a list, each item behind "- "' : 'write a list';
  if (type === 'object' && isPlain) {
    if (Object.hasOwn(properties, 'name')) return `write {name: ${shortened(plain)}}`;
    return Object.keys(properties).length === 0 ? 'write name: value' : `its fields are ${listed(properties)}`;
  }
  if (type === 'object') return 'write fields without "- "';
  if (!isPlain) return type === undefined ? 'write one value' : `write one ${type}`;
  if (type === 'number' || type === 'integer') return numberRemedy(value, type);
  if (type === 'boolean') return 'write true or false, without quotation marks';
  return isDuration(schema) ? `write it with its unit, such as "${shortened(plain)}s"` : 'put it in quotation marks';
}

function numberRemedy(value: unknown, type: 'number' | 'integer'): string {
  if (typeof value === 'number') return 'write a whole number';
  const isNumber = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
  if (isNumber) return 'take the quotation marks away';
  return type === 'integer' ? 'write a whole number' : 'write a number, such as 0.9';
}

function isDuration(schema: StructuralSchema): boolean {
  return (schema['x-kubernetes-validations'] ?? []).some(({ rule }) => rule.includes('(h|m|s'));
}

/** What a field that is missing has to be. */
export function toWrite(schema: StructuralSchema = {}): string {
  const { type, enum: choices, properties = {} } = schema;
  if (choices !== undefined) return `write ${choices.length === 1 ? '' : 'one of '}${choices.join(', ')}`;
  if (type === 'object' && Object.hasOwn(properties, 'name')) return 'write {name: …}';
  if (type === 'object') return `write it with ${listed(properties)}`;
  return type === 'array' ? 'write a list' : 'it has to be there';
}

/** The field that was meant, or those that there are. */
export function unknownField(name: string, schema: StructuralSchema): string {
  const known = Object.keys(schema.properties ?? {});
  const meant = known.find((field) => field.toLowerCase() === name.toLowerCase()) ?? nearest(name, known);
  const told = `unknown field "${shortened(name)}"`;
  if (meant !== undefined) return `${told}: did you mean "${meant}"?`;
  return known.length === 0 ? `${told}: there are no fields here` : `${told}: there are ${listed(schema.properties)}`;
}

function listed(properties: StructuralSchema['properties'] = {}): string {
  return Object.keys(properties).join(', ');
}

/** The one among `known` that is at most two slips of the keyboard away. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const most = name.length < 4 ? 1 : 2;
  const near = known
    .map((field) => ({ field, slips: slipsBetween(name, field, most) }))
    .filter(({ slips }) => slips <= most)
    .toSorted((one, other) => one.slips - other.slips);
  return near[0]?.field;
}

/** How many letters have to be added, removed or replaced; more than `most` is as good as infinite. */
function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of one.split('').entries()) {
    const next = [index + 1];
    for (const [column, wanted] of other.split('').entries()) {
      const replaced = (row[column] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? Infinity;
}
