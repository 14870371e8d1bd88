import { isDeepStrictEqual } from 'node:util';
import { compile } from 'json-schema-to-typescript';
import type { JSONSchema } from 'json-schema-to-typescript';
import { mapSchema, without } from './schema.ts';
import type { CustomResource, Schema } from './schema.ts';

const decimalPattern = '^-?[0-9]{1,15}(\\.[0-9]{1,15})?$';
const shared = 'shared';

/** A shape that a `title` names, and the file that declares it. */
interface Shape {
  readonly schema: Schema;
  readonly file: string;
}

/**
 * One file of interfaces for each kind, and one for the shapes that several kinds have in common. A `title` in a CRD names
 * the interface of its node, or the type of a string. Throws if two nodes of the same title differ in more than their description.
 */
export async function interfaceFiles(resources: readonly CustomResource[]): Promise<readonly [string, string][]> {
  const shapes = namedShapes(resources);
  const kinds = resources.map(async (resource): Promise<[string, string]> => {
    const file = fileOf(resource);
    return [`${file}.ts`, await interfaces(file, shapes, [rootInterface(resource)])];
  });
  const decimal = '/** A decimal number: an integer, or a string such as "0.95", so that no digit is lost. */\n';
  const sharedText = await interfaces(shared, shapes, []);
  return [
    ...(await Promise.all(kinds)),
    [`${shared}.ts`, `${decimal}export type Decimal = string | number;\n\n${sharedText}`],
  ];
}

function fileOf(resource: CustomResource): string {
  return resource.kind.toLowerCase();
}

function namedShapes(resources: readonly CustomResource[]): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const resource of resources) {
    const file = fileOf(resource);
    mapSchema(resource.schema, (node) => {
      if (node.title === undefined) return node;
      const known = shapes.get(node.title);
      if (known && !isDeepStrictEqual(undescribed(known.schema), undescribed(node))) {
        throw new Error(`crds/: two shapes are called ${node.title} but differ: make them equal or rename one`);
      }
      shapes.set(node.title, { schema: known?.schema ?? node, file: known && known.file !== file ? shared : file });
      return node;
    });
  }
  return shapes;
}

function undescribed(schema: Schema): Schema {
  return mapSchema(schema, (node) => without(node, 'description'));
}

async function interfaces(file: string, shapes: ReadonlyMap<string, Shape>, roots: readonly string[]): Promise<string> {
  const own = [...shapes].filter(([, shape]) => shape.file === file);
  const foreign = [...shapes].filter(([, shape]) => shape.file === shared && file !== shared).map(([name]) => name);
  const definitions = Object.fromEntries(
    own.map(([name, { schema }]) => [name, typed({ ...declared(schema), title: '' })]),
  );
  const compiled = await compile({ title: 'Unused', definitions } as JSONSchema, 'Unused', {
    additionalProperties: false,
    bannerComment: '',
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    style: { printWidth: 120, singleQuote: true },
  });
  const text = [
    ...roots,
    compiled
      .replace(/export interface Unused \{[^}]*\}\n/, '')
      .replaceAll(
        /^ \* This interface was referenced by `Unused`'s JSON-Schema\n \* via the `definition` ".*"\.\n/gm,
        '',
      )
      .replaceAll(/^\/\*\*\n \*\/\n/gm, '')
      .trim(),
  ].join('\n\n');
  const used = ['Decimal', ...foreign].filter((name) => file !== shared && new RegExp(`\\b${name}\\b`).test(text));
  return `${imports(roots.length > 0, used)}${text}\n`;
}

function imports(root: boolean, used: readonly string[]): string {
  const metadata = "import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';\n";
  const names = used.toSorted().join(', ');
  const lines = `${root ? metadata : ''}${used.length > 0 ? `import type { ${names} } from './${shared}.ts';\n` : ''}`;
  return lines === '' ? '' : `${lines}\n`;
}

/** A string is described where it is used, since it means something else each time. */
function declared(shape: Schema): Schema {
  return shape.type === 'object' ? shape : without(shape, 'description');
}

/** Says in the words of json-schema-to-typescript what the keywords of Kubernetes mean. */
function typed(shape: Schema): Schema {
  return mapSchema(shape, (node) => {
    const rest = without(node, 'anyOf', 'minItems', 'maxItems');
    if (node.title) return { tsType: node.title, ...(node.description && { description: node.description }) };
    if (node.items) return { ...rest, items: without(node.items, 'description') };
    if (node.additionalProperties) {
      return { ...rest, additionalProperties: without(node.additionalProperties, 'description') };
    }
    if (node['x-kubernetes-int-or-string'] === true) {
      return { ...rest, tsType: node.pattern === decimalPattern ? 'Decimal' : 'string | number' };
    }
    if (node.type === 'object' && !node.properties && !node.additionalProperties) {
      return { ...rest, tsType: 'Record<string, never>' };
    }
    return node;
  });
}

function rootInterface({ apiVersion, kind, schema }: CustomResource): string {
  const status = schema.properties?.['status'];
  return [
    comment(schema.description),
    `export interface I${kind} {`,
    `apiVersion: '${apiVersion}';`,
    `kind: '${kind}';`,
    'metadata?: IObjectMeta;',
    comment(schema.properties?.['spec']?.description),
    `spec: ${kind}Spec;`,
    ...(status ? [comment(status.description), `status?: ${kind}Status;`] : []),
    '}',
  ].join('\n');
}

function comment(text: string | undefined): string {
  return `/** ${text ?? ''} */`;
}
