import { Ajv } from 'ajv';
import type { ErrorObject, Schema } from 'ajv';

/** Whether something is an object of a kind, and if not, what is wrong with it. The form that models of @kubernetes-models/base take. */
interface Validator<T> {
  (data: unknown): data is T;
  errors?: ErrorObject[] | null;
}

/** A function that checks objects by a schema. The schema is compiled when the function is first called, not on import. */
export function validator<T>(schema: Schema): Validator<T> {
  let compiled: Validator<T> | undefined;
  const validate: Validator<T> = (data): data is T => {
    compiled ??= new Ajv({ allErrors: true, allowUnionTypes: true }).compile<T>(schema);
    // As the API server would see it: a model is an instance of a class, with more properties than its JSON.
    const valid = compiled(JSON.parse(JSON.stringify(data)));
    validate.errors = compiled.errors?.map(named) ?? null;
    return valid;
  };
  return validate;
}

/** Lets the error about an unknown field point at that field, not only at the object that has it. */
function named(error: ErrorObject): ErrorObject {
  if (error.keyword !== 'additionalProperties') return error;
  return { ...error, instancePath: `${error.instancePath}/${String(error.params['additionalProperty'])}` };
}
