import { formats } from '@kubernetes-models/validate';
import type { ValidateFunc } from '@kubernetes-models/validate';
import { Ajv } from 'ajv';
import type { Schema } from 'ajv';

/** A function that checks objects by a schema. The schema is compiled when the function is first called, not on import. */
export function validator<T>(schema: Schema): ValidateFunc<T> {
  let compiled: ValidateFunc<T> | undefined;
  const validate: ValidateFunc<T> = (data): data is T => {
    compiled ??= new Ajv({ allErrors: true, allowUnionTypes: true, formats }).compile<T>(schema) as ValidateFunc<T>;
    const valid = compiled(data);
    validate.errors = compiled.errors ?? null;
    return valid;
  };
  return validate;
}
