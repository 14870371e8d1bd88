import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lint } from '../../src/product/lint/lint.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { wholeModelDeployments, wholeTrainingRuns } from './whole.ts';
import { wholeMonitor } from './wholemonitor.ts';

/** Whatever somebody writes into a manifest, lint refuses it if and only if a real API server does, and names the fields that it names. */
let environment: Environment;

beforeAll(async () => {
  environment = await startEnvironment();
}, 600_000);

afterAll(async () => {
  await environment.stop();
}, 30_000);

type Fields = Record<string, unknown>;
type Path = readonly (string | number)[];

interface Mutation {
  /** Which of all places. */
  readonly place: number;
  readonly value: unknown;
  /** As one more field, where there are fields, and not instead of what is there. */
  readonly isAdded: boolean;
}

/** With every field that people write. */
const wholes = [...wholeTrainingRuns, ...wholeModelDeployments, wholeMonitor].map(
  ({ apiVersion, kind, metadata, spec }) =>
    structuredClone<Fields>({ apiVersion, kind, metadata: { ...metadata, namespace: 'default' }, spec }),
);

/** Undefined takes away what is there. */
const texts = [
  '',
  'x',
  'X y',
  '-1',
  '1.5',
  '90%',
  '0s',
  '5m',
  '8GB',
  '100Gi',
  'pvc://a/b',
  'FLYBALL_A',
  'a'.repeat(70),
  'é'.repeat(600),
  '\u001B[31m',
];
const others = [undefined, null, true, false, 0, 1, -1, 0.5, 1e9, 3e9];
const lists = [[], ['a'], [1], [{ name: 'a' }, { name: 'a' }]];
const strange: readonly unknown[] = [...others, ...texts, ...lists, {}, { name: 'a' }, { a: 'b' }];
const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(),
  value: fc.constantFrom(...strange),
  isAdded: fc.boolean(),
});

function mutated(whole: Fields, { place, value, isAdded }: Mutation): Fields {
  const object = structuredClone(whole);
  const places = placesIn(object['spec'], ['spec']);
  const path = places[place % places.length] ?? [];
  const around = path.slice(0, -1).reduce<unknown>((inner, part) => (inner as Fields)[part], object) as Fields;
  const last = path.at(-1) ?? '';
  const there = around[last];
  if (isAdded && typeof there === 'object' && !Array.isArray(there)) around[last] = { ...there, added: value };
  else if (value !== undefined) around[last] = value;
  else if (Array.isArray(around)) around.splice(Number(last), 1);
  else delete around[last];
  return object;
}

/** All places of a value. */
function placesIn(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).map(([name, one]) => ({ one, at: Array.isArray(value) ? Number(name) : name }));
  return [path, ...inner.flatMap(({ one, at }) => placesIn(one, [...path, at]))];
}

/** Without what the API server does not know of. */
function linted(object: Fields): readonly string[] {
  const [file] = lint([{ name: 'a.json', text: JSON.stringify(object) }]);
  const errors = (file?.findings ?? []).filter(({ severity, rule }) => severity === 'error' && rule !== 'Refused');
  return errors.map(({ field = '' }) => field);
}

interface Body {
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly field: string; readonly message: string }[] };
}

/** What it tells of a scale without a spec. What it says of the whole object, it says of the field as well. */
const besides = /accessor error/;

async function answered(object: Fields) {
  const path = `/apis/flyball.dev/v1alpha1/namespaces/default/${String(object['kind']).toLowerCase()}s`;
  const { status, body } = await environment.request('POST', `${path}?dryRun=All&fieldValidation=Strict`, {
    body: object,
  });
  const { message = '', details = {} } = body as Body;
  const causes = (details.causes ?? [])
    .filter(({ field, message: words }) => field !== '<nil>' && !besides.test(words))
    .map(({ field }) => field);
  const unknown = [...message.matchAll(/unknown field "([^"]+)"/g)].map(([, field = '']) => field);
  return { isTaken: status === 201, fields: [...causes, ...unknown], message };
}

/** Of a value where a text belongs, the API server names what is within it as unknown, and lint the value. */
function isNamed(field: string, names: readonly string[]): boolean {
  return names.some((name) => field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`));
}

test('lint refuses what the API server refuses, and names the same fields', async () => {
  const runs = Number(process.env['MUTATIONS'] ?? 400);
  const seed = Number(process.env['SEED'] ?? 17);
  const differing: object[] = [];
  let refused = 0;
  for (const [whole, change] of fc.sample(fc.tuple(fc.constantFrom(...wholes), mutation), { numRuns: runs, seed })) {
    const object = mutated(whole, change);
    const ours = linted(object);
    const { isTaken, fields, message } = await answered(object);
    if (!isTaken) refused += 1;
    const isSame = isTaken === (ours.length === 0) && fields.every((field) => isNamed(field, ours));
    if (!isSame) differing.push({ kind: object['kind'], change, ours, fields, message });
  }
  expect(differing).toEqual([]);
  expect(refused).toBeGreaterThan(runs / 2);
}, 600_000);
