import { mapSchema, without } from './schema.ts';
import type { CustomResource, Schema } from './schema.ts';

/** The classes that build and validate our kinds offline, in the manner of kubernetes-models. */
export function modelsFile(resources: readonly CustomResource[]): string {
  const types = resources.map(
    ({ kind, schema }) =>
      `import type { I${kind}, ${kind}Spec${schema.properties?.['status'] ? `, ${kind}Status` : ''} } from './${kind.toLowerCase()}.ts';`,
  );
  const header = [
    "import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';",
    "import { createTypeMetaGuard, Model, setValidateFunc } from '@kubernetes-models/base';",
    "import type { ModelData } from '@kubernetes-models/base';",
    "import { validator } from '../validator.ts';",
    ...types,
    `import { ${resources.map(({ kind }) => schemaName(kind)).join(', ')} } from './schemas.ts';`,
  ].join('\n');
  return `${header}\n\n${resources.map(modelClass).join('\n\n')}\n`;
}

/** The schemas that the classes validate by, as JSON Schema. */
export function schemasFile(resources: readonly CustomResource[]): string {
  const declare = (resource: CustomResource): string =>
    `export const ${schemaName(resource.kind)} = ${JSON.stringify(offline(resource), null, 2)};`;
  return `${resources.map(declare).join('\n\n')}\n`;
}

/** The schemas as the API server reads them, rules included, for what judges manifests without one. */
export function structuralFile(resources: readonly CustomResource[]): string {
  const declared = resources.map(({ kind, schema }) => [kind, mapSchema(schema, judged)] as const);
  const header = "import type { StructuralSchema } from '../structuralschema.ts';";
  const schemas = JSON.stringify(Object.fromEntries(declared), null, 2);
  return `${header}\n\nexport const structuralSchemas: Readonly<Record<string, StructuralSchema>> = ${schemas};\n`;
}

/** `anyOf` says of int-or-string what `x-kubernetes-int-or-string` says as well; defaults are the server's to fill in. */
function judged(node: Schema): Schema {
  return without(node, 'description', 'title', 'anyOf', 'default', 'x-kubernetes-map-type');
}

function schemaName(kind: string): string {
  return `${kind.charAt(0).toLowerCase()}${kind.slice(1)}Schema`;
}

function modelClass({ apiVersion, kind, schema }: CustomResource): string {
  const status = schema.properties?.['status'] ? `\n  declare status?: ${kind}Status;` : '';
  return `/** ${schema.description ?? ''} */
export class ${kind} extends Model<I${kind}> implements I${kind} {
  static readonly apiVersion = '${apiVersion}';
  static readonly kind = '${kind}';
  static readonly is = createTypeMetaGuard<I${kind}>(${kind});

  declare apiVersion: '${apiVersion}';
  declare kind: '${kind}';
  declare metadata?: IObjectMeta;
  declare spec: ${kind}Spec;${status}

  constructor(data?: ModelData<I${kind}>) {
    super();
    this.setDefinedProps({ apiVersion: ${kind}.apiVersion, kind: ${kind}.kind, ...data } as I${kind});
  }
}

setValidateFunc(${kind}, validator<I${kind}>(${schemaName(kind)}));`;
}

/**
 * As strict as the API server with --validate=strict, except for CEL rules, which only the server evaluates. A rule that is one
 * `self.matches('…')` is a pattern that the server explains in words, so it is one here; `\\` in a text of CEL is one backslash.
 */
function offline({ apiVersion, kind, schema }: CustomResource): Schema {
  const strict = mapSchema(schema, (node) => {
    const keywords = Object.entries(node).filter(([keyword]) => !ignored(keyword));
    const closed = node.type === 'object' && !node.additionalProperties ? { additionalProperties: false } : {};
    const union = node['x-kubernetes-int-or-string'] === true ? { type: ['integer', 'string'] } : {};
    return { ...Object.fromEntries(keywords), ...patternOf(node), ...union, ...closed } as Schema;
  });
  return {
    ...strict,
    required: ['apiVersion', 'kind', ...(schema.required ?? [])],
    properties: {
      apiVersion: { type: 'string', enum: [apiVersion] },
      kind: { type: 'string', enum: [kind] },
      metadata: { type: 'object' },
      ...strict.properties,
    },
  };
}

function patternOf({ 'x-kubernetes-validations': rules = [] }: Schema): Pick<Schema, 'pattern'> {
  const patterns = rules.flatMap(({ rule }) => /^(?:self|string\(self\))\.matches\('([^']*)'\)$/.exec(rule)?.[1] ?? []);
  const [pattern] = patterns;
  return pattern === undefined ? {} : { pattern: pattern.replaceAll(String.raw`\\`, '\\') };
}

function ignored(keyword: string): boolean {
  return (
    keyword.startsWith('x-kubernetes-') || ['description', 'title', 'anyOf', 'default', 'format'].includes(keyword)
  );
}
