import { celEnv, type CelInput, CelScalar, isCelError, parse, plan } from '@bufbuild/cel';
import type { StructuralSchema, ValidationRule } from '../../../api/structuralschema.ts';
import { fieldOf, type ObjectFinding, type Path } from '../finding.ts';
import { functions } from './functions.ts';
import { celValue } from './values.ts';

/**
 * What the rules of a schema have against a value.
 * @param faults where the schema itself does not take it: what has one within it has no rules.
 */
export function ruleFindings(
  schema: StructuralSchema,
  value: unknown,
  faults: readonly Path[],
): readonly ObjectFinding[] {
  const faulty = new Set(
    faults.flatMap((path) => path.map((_, index) => idOf(path.slice(0, index)))).concat(faults.map(idOf)),
  );
  return broken(schema, value, celValue(schema, value), {
    path: [],
    field: '',
    isFaulty: (path) => faulty.has(idOf(path)),
  });
}

function idOf(path: Path): string {
  return JSON.stringify(path);
}

interface Node {
  readonly path: Path;
  /** As rules name it: keys of maps stand in brackets. */
  readonly field: string;
  readonly isFaulty: (path: Path) => boolean;
}

function broken(schema: StructuralSchema, value: unknown, subject: CelInput, node: Node): ObjectFinding[] {
  const rules = node.isFaulty(node.path) ? [] : (schema['x-kubernetes-validations'] ?? []);
  const own = rules.filter(isOfOneObject).flatMap((rule) => findingOf(rule, subject, node) ?? []);
  return [...own, ...inner(schema, value, subject, node)];
}

function inner(
  schema: StructuralSchema,
  value: unknown,
  subject: CelInput,
  { path, field, isFaulty }: Node,
): ObjectFinding[] {
  const { items = {}, properties = {}, additionalProperties } = schema;
  if (Array.isArray(value) && Array.isArray(subject)) {
    return value.flatMap((item, index) =>
      broken(items, item, subject[index] as CelInput, {
        path: [...path, index],
        field: `${field}[${index}]`,
        isFaulty,
      }),
    );
  }
  if (typeof value !== 'object' || value === null || !(subject instanceof Map)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const below = additionalProperties === undefined ? `${field}.${name}` : `${field}[${name}]`;
    const at = { path: [...path, name], field: below.replace(/^[.]/, ''), isFaulty };
    return broken(additionalProperties ?? properties[name] ?? {}, item, subject.get(name) as CelInput, at);
  });
}

/** What compares an object with its former self needs a server that knows it. */
function isOfOneObject({ rule }: ValidationRule): boolean {
  return !/\boldSelf\b/.test(rule);
}

function findingOf(rule: ValidationRule, subject: CelInput, { path, field }: Node): ObjectFinding | undefined {
  const outcome = evaluated(rule.rule, subject);
  if (outcome === true) return undefined;
  const to = rule.fieldPath?.split('.').slice(1) ?? [];
  const at = [...path, ...to];
  return {
    severity: 'error',
    rule: 'Rule',
    field: `${field}${rule.fieldPath ?? ''}`.replace(/^[.]/, '') || fieldOf([]),
    // The rules of whole objects are about their names.
    path: at.length === 0 ? ['metadata', 'name'] : at,
    message: outcome instanceof Error ? failed(rule, outcome) : messageOf(rule, subject),
  };
}

function messageOf({ rule, message, messageExpression }: ValidationRule, subject: CelInput): string {
  const told = messageExpression === undefined ? undefined : evaluated(messageExpression, subject);
  return typeof told === 'string' ? told : (message ?? `failed rule: ${rule}`);
}

/** The API server's words where a rule cannot be evaluated: of ours that is a time zone that nobody knows. */
function failed({ rule, message }: ValidationRule, error: Error): string {
  const words = error.message.replace('Invalid time zone specified: ', 'unknown time zone ');
  return `${words} evaluating rule: ${message ?? rule}`;
}

const environment = celEnv({ variables: { self: CelScalar.DYN }, funcs: [...functions] });
type Expression = (variables: { readonly self: CelInput }) => unknown;
const planned = new Map<string, Expression>();

/** The outcome of an expression, or an Error. Each is read once. */
function evaluated(expression: string, subject: CelInput): unknown {
  const known = planned.get(expression) ?? (plan(environment, parse(expression)) as Expression);
  planned.set(expression, known);
  const outcome = known({ self: subject });
  return isCelError(outcome) ? new Error(outcome.message) : outcome;
}
