/** A node of a structural schema, as far as the generator reads it. */
export interface Schema {
  readonly description?: string;
  readonly title?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-validations'?: readonly Rule[];
  readonly [keyword: string]: unknown;
}

/** A rule in CEL. */
export interface Rule {
  readonly rule: string;
  readonly messageExpression?: string;
}

/** A kind that a CRD defines. */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  /** The schema of the whole object, without apiVersion, kind and metadata, which every object has. */
  readonly schema: Schema;
}

/** Replaces every node of a schema, the innermost first. */
export function mapSchema(schema: Schema, replace: (node: Schema) => Schema): Schema {
  const inner = (node: Schema): Schema => mapSchema(node, replace);
  return replace({
    ...schema,
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([key, node]) => [key, inner(node)])),
    }),
    ...(schema.additionalProperties && { additionalProperties: inner(schema.additionalProperties) }),
    ...(schema.items && { items: inner(schema.items) }),
  });
}

/** The node without some of its keywords. */
export function without(node: Schema, ...keywords: readonly string[]): Schema {
  return Object.fromEntries(Object.entries(node).filter(([keyword]) => !keywords.includes(keyword)));
}
