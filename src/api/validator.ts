import { formats } from '@kubernetes-models/validate';
import type { ValidateFunc } from '@kubernetes-models/validate';
import { Ajv } from 'ajv';
import type { ErrorObject, Schema } from 'ajv';

/** A function that checks objects by a schema. The schema is compiled when the function is first called, not on import. */
export function validator<T>(schema: Schema): ValidateFunc<T> {
  let compiled: ValidateFunc<T> | undefined;
  const validate: ValidateFunc<T> = (data): data is T => {
    compiled ??= new Ajv({ allErrors: true, allowUnionTypes: true, formats }).compile<T>(schema) as ValidateFunc<T>;
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
