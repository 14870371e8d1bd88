import { structuralSchemas } from '../../api/generated/structural.ts';
import { apiVersion, group } from '../../api/labels.ts';
import type { StructuralSchema } from '../../api/structuralschema.ts';
import { ruleFindings } from './cel/rules.ts';
import { operatorFindings } from './operator.ts';
import type { ObjectFinding, RuleName } from './finding.ts';
import { type Metadata, metadataFindings, metadataSchema } from './metadata.ts';
import { structurallyJudged } from './structure.ts';
import { nearest, shortened } from './words.ts';

/** Fields of an object that was read from a file. Nothing else is known of it. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object is for us to judge. */
export function isOurs({ apiVersion: version }: Fields): boolean {
  return typeof version === 'string' && (version === group || version.startsWith(`${group}/`));
}

/** All that is wrong with an object of ours by itself, in the order of its fields. */
export function objectFindings(object: Fields): readonly ObjectFinding[] {
  const { kind } = object;
  const schema =
    typeof kind === 'string' && Object.hasOwn(structuralSchemas, kind) ? structuralSchemas[kind] : undefined;
  if (object['apiVersion'] !== apiVersion) return [unknownVersion(object)];
  return schema === undefined ? [unknownKind(object)] : known(schema, object);
}

const text: StructuralSchema = { type: 'string' };

/** After which the API server looks at no rules at all; lint leaves out those that could be about the same. */
const blocking: readonly RuleName[] = ['Required', 'Type', 'Size', 'Enum'];

function known(schema: StructuralSchema, object: Fields): readonly ObjectFinding[] {
  const { value, findings: structural } = structurallyJudged(whole(schema), object);
  const pruned = value as { readonly metadata?: Metadata };
  const found = [...structural, ...metadataFindings(pruned.metadata ?? {})];
  const faults = found.filter(({ rule }) => blocking.includes(rule)).map(({ path }) => path);
  found.push(...ruleFindings(withoutStatus(schema), named(pruned), faults));
  return found.length > 0 ? withoutConsequences(found) : operatorFindings(pruned);
}

/** What is said of an object that lacks something may be about the field in it that nobody knows: the API server says that alone. */
function withoutConsequences(found: readonly ObjectFinding[]): readonly ObjectFinding[] {
  const unknown = found.filter(({ rule }) => rule === 'UnknownField');
  const around = new Set(unknown.map(({ path }) => JSON.stringify(path.slice(0, -1))));
  return found.filter(({ rule, path }) => {
    const lacking = rule === 'Required' ? path.slice(0, -1) : path;
    return rule === 'UnknownField' || !around.has(JSON.stringify(lacking));
  });
}

/** Who applies an object writes no status, and what `kubectl get -o yaml` prints of it is the operator's. */
function whole(schema: StructuralSchema): StructuralSchema {
  const { properties, required = [] } = withoutStatus(schema);
  const more = { apiVersion: text, kind: text, metadata: metadataSchema, status: {} };
  return { ...schema, required: ['metadata', ...required], properties: { ...properties, ...more } };
}

function withoutStatus(schema: StructuralSchema): StructuralSchema {
  return { ...schema, properties: { ...schema.properties, metadata: metadataSchema, status: {} } };
}

/** What rules see. The API server makes the name of what has none before it looks at them. */
function named({ metadata, ...object }: { readonly metadata?: Metadata }): object {
  return { ...object, status: undefined, metadata: { name: metadata?.name ?? `${metadata?.generateName}x7k2p` } };
}

function unknownVersion({ apiVersion: version }: Fields): ObjectFinding {
  const message = `there is no "${shortened(String(version))}": write ${apiVersion}`;
  return { severity: 'error', rule: 'UnknownKind', field: 'apiVersion', path: ['apiVersion'], message };
}

function unknownKind({ kind }: Fields): ObjectFinding {
  const kinds = Object.keys(structuralSchemas);
  const meant = typeof kind === 'string' ? nearest(kind, kinds) : undefined;
  const told = typeof kind === 'string' ? `there is no kind "${shortened(kind)}"` : 'an object has to name its kind';
  const message = meant === undefined ? `${told}: there are ${kinds.join(', ')}` : `${told}: did you mean ${meant}?`;
  return { severity: 'error', rule: 'UnknownKind', field: 'kind', path: ['kind'], message };
}
