import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import fc from 'fast-check';
import type { Rule, Schema } from '../../hack/generate/schema.ts';
import { locate, storages } from '../../src/storage/index.ts';
import { refusals } from '../integration/refusals/index.ts';
import { wholeModelDeployments, wholeModelVersions, wholeTrainingRuns } from '../integration/whole.ts';
import { wholeMonitor } from '../integration/wholemonitor.ts';

interface Definition {
  readonly spec: {
    readonly names: {
      readonly kind: string;
      readonly categories: readonly string[];
      readonly shortNames: readonly string[];
    };
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

interface Node {
  readonly path: string;
  readonly schema: Schema;
}

const directory = join(import.meta.dirname, '..', '..', 'crds');
const definitions = readdirSync(directory).map(
  (file) => parse(readFileSync(join(directory, file), 'utf8')) as Definition,
);
const nodes = definitions.flatMap(({ spec }) =>
  nodesOf(spec.names.kind, spec.versions[0]?.schema.openAPIV3Schema ?? {}),
);

function nodesOf(path: string, schema: Schema): readonly Node[] {
  const { additionalProperties, items, properties = {} } = schema;
  return [
    { path, schema },
    ...Object.entries(properties).flatMap(([name, node]) => nodesOf(`${path}.${name}`, node)),
    ...(additionalProperties ? nodesOf(`${path}.*`, additionalProperties) : []),
    ...(items ? nodesOf(`${path}[]`, items) : []),
  ];
}

/** The paths of the nodes of which `is` holds. */
function paths(is: (schema: Schema) => boolean): readonly string[] {
  return nodes.filter(({ schema }) => is(schema)).map(({ path }) => path);
}

function has(schema: Schema, ...keywords: readonly string[]): boolean {
  return keywords.every((keyword) => schema[keyword] !== undefined);
}

function rulesOf(schema: Schema): readonly Rule[] {
  return schema['x-kubernetes-validations'] ?? [];
}

/** What each message of a rule begins and ends with: its first and last literal, with anything for the placeholders. */
function messageOf({ messageExpression = '' }: Rule): RegExp {
  const format = /^'([^']*)'\.format\(/.exec(messageExpression)?.[1];
  const literals =
    format === undefined ? [...messageExpression.matchAll(/'([^']*)'/g)].map(([, literal = '']) => literal) : [format];
  const [first = '', last = ''] = [literals.at(0), literals.at(-1)].map((literal = '') =>
    literal
      .split(/%[sd]/)
      .map((part) => RegExp.escape(part))
      .join('.*'),
  );
  return new RegExp(literals.length === 1 ? `^${first}$` : `^${first}.*${last}$`);
}

/** Whether a text keeps a rule of URIs, which is `self.matches('…')`, where need be after `!self.startsWith('…') ||` and before `&& !self.matches('…')`. */
function isKept(rule: string, text: string): boolean {
  const [, prefix, pattern, other] =
    /^(?:!self[.]startsWith\('([^']+)'\) \|\| )?self[.]matches\('([^']+)'\)(?: && !self[.]matches\('([^']+)'\))?$/.exec(
      rule,
    ) ?? [];
  if (pattern === undefined) throw new Error(`a rule of another form: ${rule}`);
  const isAsked = prefix === undefined || text.startsWith(prefix);
  const matches = (one: string) => new RegExp(one.replaceAll(String.raw`\\`, '\\')).test(text);
  return !isAsked || (matches(pattern) && (other === undefined || !matches(other)));
}

/** The paths of the values of an object, where `schema` has them. */
function pathsIn(path: string, schema: Schema, value: unknown): readonly string[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item) => pathsIn(`${path}[]`, schema.items ?? {}, item))];
  if (typeof value !== 'object' || value === null) return [path];
  const { properties = {}, additionalProperties } = schema;
  const inner = Object.entries(value).flatMap(([key, field]) =>
    additionalProperties
      ? pathsIn(`${path}.*`, additionalProperties, field)
      : pathsIn(`${path}.${key}`, properties[key] ?? {}, field),
  );
  return [path, ...inner];
}

describe('the CRDs', () => {
  test('are found by a short name and in the category mlops', () => {
    const names = definitions.map(({ spec }) => [spec.names.kind, ...spec.names.shortNames, ...spec.names.categories]);
    expect(names).toEqual([
      ['ModelDeployment', 'mdep', 'mlops'],
      ['ModelVersion', 'mver', 'mlops'],
      ['Monitor', 'mon', 'mlops'],
      ['TrainingRun', 'trun', 'mlops'],
    ]);
  });

  test('describe every field in sentences', () => {
    expect(paths(({ description }) => !/^[A-Z].*[.]$/.test(description ?? ''))).toEqual([]);
  });

  test('bound every string', () => {
    const isString = (schema: Schema): boolean => schema.type === 'string' || has(schema, 'x-kubernetes-int-or-string');
    expect(paths((schema) => isString(schema) && !has(schema, 'enum') && !has(schema, 'maxLength'))).toEqual([]);
  });

  test('bound every list, and say how its items are merged', () => {
    const wanted = ['maxItems', 'x-kubernetes-list-type'];
    expect(paths((schema) => schema.type === 'array' && !has(schema, ...wanted))).toEqual([]);
  });

  test('bound every map', () => {
    const isMap = (schema: Schema): boolean => schema.type === 'object' && !has(schema, 'properties');
    expect(paths((schema) => isMap(schema) && !has(schema, 'maxProperties'))).toEqual([]);
  });

  test('bound every number', () => {
    const isUnbounded = (schema: Schema): boolean => !has(schema, 'minimum', 'maximum', 'format');
    expect(paths((schema) => schema.type === 'integer' && isUnbounded(schema))).toEqual([]);
    expect(paths((schema) => schema.type === 'number' && !has(schema, 'minimum', 'maximum'))).toEqual([]);
  });

  test('take a threshold as a number, and hold what was measured as text', () => {
    const isMeasured = (path: string) => path.includes('.status.') || path.startsWith('ModelVersion.');
    const numbers = paths(({ type }) => type === 'number');
    expect(numbers.filter(isMeasured)).toEqual([]);
    const texts = paths(({ pattern }) => pattern === '^-?[0-9]{1,15}(\\.[0-9]{1,15})?$');
    expect(texts.filter((path) => !isMeasured(path))).toEqual([]);
    expect(numbers.length).toBeGreaterThan(8);
  });

  test('write enums in CamelCase', () => {
    const values = nodes.flatMap(({ schema }) => (schema['enum'] ?? []) as readonly string[]);
    expect(values.filter((value) => !/^[A-Z][A-Za-z]*$/.test(value))).toEqual([]);
  });

  test('have no default but for replicas, since a default that an upgrade adds would change recipes', () => {
    expect(paths((schema) => has(schema, 'default'))).toEqual(['ModelDeployment.spec.replicas']);
  });

  test('have no field whose name kubectl, which reads YAML 1.1, takes for a boolean', () => {
    expect(
      paths(({ properties = {} }) => Object.keys(properties).some((name) => /^(y|n|yes|no|on|off)$/i.test(name))),
    ).toEqual([]);
  });

  test('have one kind of URI for what is read, wherever it is, and one for what is written', () => {
    const isURI = ({ path }: Node) => path.endsWith('.uri');
    expect(nodes.filter(isURI).map(({ path }) => path)).toEqual(paths(({ title = '' }) => title.endsWith('URI')));
    expect(paths(({ title }) => title === 'OutputURI')).toEqual([
      'ModelVersion.spec.checkpoint.uri',
      'TrainingRun.spec.checkpoint.uri',
      'TrainingRun.spec.output.uri',
    ]);
    expect(paths(({ title }) => title === 'ArtifactURI')).toContain('ModelVersion.spec.uri');
  });

  test.each([
    ['ArtifactURI', 'Read'],
    ['OutputURI', 'Write'],
  ] as const)('take as %s what can be located, and nothing else', (title, access) => {
    const rules = rulesOf(nodes.find(({ schema }) => schema.title === title)?.schema ?? {});
    const isTaken = (uri: string) => rules.every(({ rule }) => isKept(rule, uri));
    const schemes = fc.constantFrom(...storages.flatMap((storage) => storage.schemes), 's3a', 'PVC', '');
    const authority = fc.constantFrom(
      'models',
      'Models',
      'ab',
      'a..b',
      'data.a-ll',
      'data_1',
      'host.io:443',
      'host:65535',
      'host:65536',
      'host:99999',
      'org/name@main',
      'datasets/org/na-me@refs/pr/1',
      'datasets/org@main',
      'spaces/org@main',
      'models/org/name@v1',
      'org/na--me@v1',
      'org/name@',
      'datasets',
      'me@host',
      'data@account.dfs.core.windows.net',
      `host/image@sha256:${'0'.repeat(64)}`,
    );
    const part = fc.oneof(
      fc.constantFrom('..', '', 'a', 'a.b', 'a..b', 'a.-b', 'A_1', '.git', '%2e', '\n', 'a-', 'day=1', 'a@b', 'x:1'),
      fc.string(),
    );
    const path = fc.array(part, { maxLength: 4 });
    fc.assert(
      fc.property(schemes, authority, path, (scheme, holder, parts) => {
        const uri = `${scheme}://${[holder, ...parts].join('/')}`;
        expect([uri, isTaken(uri)]).toEqual([uri, locate(uri, access).type === 'Location']);
      }),
      { numRuns: 2000 },
    );
  });

  test('say of each scheme how its URIs are written', () => {
    const rules = rulesOf(nodes.find(({ schema }) => schema.title === 'ArtifactURI')?.schema ?? {});
    for (const { form, schemes } of storages) {
      const own = rules.filter(({ rule }) => schemes.some((scheme) => rule.startsWith(`!self.startsWith('${scheme}:`)));
      expect(own.map(({ messageExpression }) => messageExpression)).toEqual([expect.stringContaining(form)]);
    }
  });

  test('have no field of a spec that no test stores in an API server', () => {
    const whole = [...wholeTrainingRuns, ...wholeModelVersions, ...wholeModelDeployments, wholeMonitor];
    const schemas = new Map(nodes.map(({ path, schema }) => [path, schema]));
    const stored = new Set(whole.flatMap((object) => pathsIn(object.kind, schemas.get(object.kind) ?? {}, object)));
    expect(nodes.map(({ path }) => path).filter((path) => path.includes('.spec.') && !stored.has(path))).toEqual([]);
  });

  test('name field and value in the message of every rule', () => {
    const fixed = nodes.flatMap(({ path, schema }) =>
      rulesOf(schema)
        .filter(({ messageExpression }) => !/\+|\.format\(/.test(messageExpression ?? ''))
        .map(({ rule }) => `${path}: ${rule}`),
    );
    expect(fixed).toEqual([]);
  });

  test('have a tested refusal for every rule', () => {
    const messages = refusals.map(({ message }) => message.replace(/^Invalid value: ("[^"]*": |-?[0-9.]+: )?/, ''));
    const untested = nodes.flatMap(({ path, schema }) =>
      rulesOf(schema)
        .filter((rule) => !messages.some((message) => messageOf(rule).test(message)))
        .map(({ rule }) => `${path}: ${rule}`),
    );
    // Only an update can break this one; its test is beside the others.
    expect(untested).toEqual(['ModelVersion.spec: self == oldSelf']);
  });
});
