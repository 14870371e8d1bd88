import type { StructuralSchema } from '../../api/structuralschema.ts';
import { fieldOf, type ObjectFinding, type Path, type RuleName } from './finding.ts';
import { shortened, shownValue, toWrite, unknownField, wrongType } from './words.ts';

/** A value as the API server keeps it, and what it says against it. */
export interface Judged {
  /** Without what the schema does not know, and without fields that are null. */
  readonly value: unknown;
  readonly findings: readonly ObjectFinding[];
}

type Found = Pick<ObjectFinding, 'path' | 'message' | 'isOfKey'> & { readonly rule: RuleName };

/** Holds a value against its schema, as the API server does before it looks at rules. Strict: unknown fields are found as well. */
export function structurallyJudged(schema: StructuralSchema, value: unknown, path: Path = []): Judged {
  const found: Found[] = [];
  const pruned = judge(schema, value, path, found);
  return {
    value: pruned,
    findings: found.map((finding) => ({ severity: 'error', field: fieldOf(finding.path), ...finding })),
  };
}

function judge(schema: StructuralSchema, value: unknown, path: Path, found: Found[]): unknown {
  if (isOpen(schema)) return value;
  if (!isOfType(schema, value)) {
    found.push({ rule: 'Type', path, message: wrongType(schema, value) });
    return undefined;
  }
  if (Array.isArray(value)) return judgeList(schema, value, path, found);
  if (typeof value === 'object' && value !== null) return judgeFields(schema, value, path, found);
  found.push(...scalarProblems(schema, value).map((problem) => ({ ...problem, path })));
  return value;
}

/** What others define, such as the owners of an object. */
function isOpen({ type, 'x-kubernetes-int-or-string': isIntOrString }: StructuralSchema): boolean {
  return type === undefined && isIntOrString !== true;
}

function isOfType({ type, 'x-kubernetes-int-or-string': isIntOrString }: StructuralSchema, value: unknown): boolean {
  if (isIntOrString === true) return typeof value === 'string' || Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function judgeFields(schema: StructuralSchema, value: object, path: Path, found: Found[]): object {
  const { properties = {}, additionalProperties, required = [], maxProperties = Infinity } = schema;
  const inner = (name: string) =>
    additionalProperties ?? (Object.hasOwn(properties, name) ? properties[name] : undefined);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const unknown = fields.filter(([name]) => inner(name) === undefined);
  for (const [name] of unknown) {
    found.push({ rule: 'UnknownField', path: [...path, name], isOfKey: true, message: unknownField(name, schema) });
  }
  // A field that is null is as good as absent: the API server takes it away.
  const given = fields.filter(([name, field]) => field !== null && inner(name) !== undefined);
  if (given.length > maxProperties) {
    found.push({ rule: 'Size', path, message: `has ${given.length} entries: use at most ${maxProperties}` });
  }
  const pruned = given.map(([name, field]) => [name, judge(inner(name) ?? {}, field, [...path, name], found)] as const);
  const names = new Set(given.map(([name]) => name));
  for (const name of required.filter((field) => !names.has(field))) {
    const message = `Required value: ${toWrite(properties[name])}`;
    found.push({ rule: 'Required', path: [...path, name], isOfKey: true, message });
  }
  return Object.fromEntries(pruned);
}

function judgeList(schema: StructuralSchema, value: readonly unknown[], path: Path, found: Found[]): unknown[] {
  const { items = {}, maxItems = Infinity, minItems = 0 } = schema;
  if (value.length > maxItems) {
    found.push({ rule: 'Size', path, message: `has ${value.length} items: use at most ${maxItems}` });
    return [];
  }
  if (value.length < minItems) {
    found.push({ rule: 'Value', path, message: `has ${value.length} items: write at least ${minItems}` });
  }
  const judged = value.map((item, index) => judge(items, item, [...path, index], found));
  found.push(...duplicates(schema, judged).map((problem) => ({ ...problem, path: [...path, problem.index] })));
  return judged;
}

/** Items of a list that is a map or a set, behind the first with the same key. */
function duplicates(schema: StructuralSchema, items: readonly unknown[]): (Omit<Found, 'path'> & { index: number })[] {
  const { 'x-kubernetes-list-type': type, 'x-kubernetes-list-map-keys': keys = [] } = schema;
  if (type !== 'map' && type !== 'set') return [];
  const known = new Map<string, number>();
  return items.flatMap((item, index) => {
    const key = type === 'set' ? item : keyOf(item, keys);
    const text = JSON.stringify(key) ?? '';
    const first = known.get(text);
    if (first === undefined) {
      known.set(text, index);
      return [];
    }
    const shown = type === 'set' ? shownValue(item) : shortened(text.replaceAll('"', ''));
    return [
      { rule: 'Duplicate', index, message: `Duplicate value: item ${first} is ${shown} already; keep one of the two` },
    ];
  });
}

function keyOf(item: unknown, keys: readonly string[]): unknown {
  const fields = new Map(typeof item === 'object' && item !== null ? Object.entries(item) : []);
  return Object.fromEntries(keys.map((key) => [key, fields.get(key)]));
}

type Problem = Omit<Found, 'path'>;

function scalarProblems(schema: StructuralSchema, value: unknown): Problem[] {
  if (typeof value === 'number') return numberProblems(schema, value);
  return typeof value === 'string' ? textProblems(schema, value) : [];
}

const formats: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
};

function numberProblems({ format = '', minimum, maximum }: StructuralSchema, value: number): Problem[] {
  const [least, most] = formats[format] ?? [-Infinity, Infinity];
  const from = Math.max(least, minimum ?? -Infinity);
  const to = Math.min(most, maximum ?? Infinity);
  if (value < from) return [{ rule: 'Value', message: `is ${value}, and should be greater than or equal to ${from}` }];
  return value > to ? [{ rule: 'Value', message: `is ${value}, and should be less than or equal to ${to}` }] : [];
}

function textProblems(schema: StructuralSchema, value: string): Problem[] {
  const { enum: choices, maxLength = Infinity, minLength = 0, pattern, format } = schema;
  const length = value.length > maxLength || value.length < 2 * minLength ? Array.from(value).length : value.length;
  if (length > maxLength) return [{ rule: 'Size', message: `has ${length} characters: use at most ${maxLength}` }];
  const shown = shownValue(value);
  if (choices !== undefined && !choices.includes(value)) {
    const same = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
    const remedy = same === undefined ? `write one of ${choices.join(', ')}` : `write ${same}`;
    return [{ rule: 'Enum', message: `is ${shown}: ${remedy}` }];
  }
  if (length < minLength) return [{ rule: 'Value', message: `is ${shown}: write at least ${minLength} characters` }];
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) {
    return [{ rule: 'Value', message: `is ${shown}, and should match '${pattern}'` }];
  }
  if (format === 'date-time' && !isTime(value)) {
    return [{ rule: 'Value', message: `is ${shown}, and must be of type date-time, such as "2026-11-24T10:00:00Z"` }];
  }
  return [];
}

function isTime(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d([.]\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}
