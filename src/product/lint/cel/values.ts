import type { CelInput } from '@bufbuild/cel';
import type { StructuralSchema } from '../../../api/structuralschema.ts';

/** A value with the types by which rules see it: integers are no numbers, and fields are those of a map. */
export function celValue(schema: StructuralSchema, value: unknown): CelInput {
  if (typeof value === 'number') return isWhole(schema) && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => celValue(schema.items ?? {}, item));
  if (typeof value !== 'object' || value === null) return null;
  const { properties = {}, additionalProperties } = schema;
  return new Map(
    Object.entries(value).map(([name, field]) => [
      name,
      celValue(additionalProperties ?? properties[name] ?? {}, field),
    ]),
  );
}

function isWhole({ type, 'x-kubernetes-int-or-string': isIntOrString }: StructuralSchema): boolean {
  return type === 'integer' || isIntOrString === true;
}
