import { isFields } from '../../../domain/canonical.ts';

/** Whether a value that was read from an annotation has the form that it would have if we had written it. */
export type Form = (value: unknown) => boolean;

export const number: Form = (value) => typeof value === 'number' && Number.isFinite(value);

export const flag: Form = (value) => typeof value === 'boolean';

export const count =
  (most: number): Form =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;

/** The schemas count characters, and JavaScript counts some of them twice. */
export const text =
  (longest: number, pattern = /^/): Form =>
  (value) =>
    typeof value === 'string' &&
    (value.length <= longest || (value.length <= 2 * longest && Array.from(value).length <= longest)) &&
    pattern.test(value);

/** The name of an object. */
export const name = text(253, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);

export const uid = text(64, /./);

export const time: Form = (value) =>
  text(40, /^\d{4}-\d\d-\d\dT/)(value) && typeof value === 'string' && !Number.isNaN(Date.parse(value));

export const oneOf =
  (values: readonly unknown[]): Form =>
  (value) =>
    values.includes(value);

export const optional =
  (form: Form): Form =>
  (value) =>
    value === undefined || form(value);

export const list =
  (most: number, form: Form): Form =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(form);

export const mapOf =
  (form: Form): Form =>
  (value) =>
    isFields(value) && Object.values(value).every(form);

/** An object with these fields. */
export const fields =
  (forms: Readonly<Record<string, Form>>): Form =>
  (value) =>
    isFields(value) && Object.entries(forms).every(([field, form]) => form(value[field]));

/** An object with a form for each field that its type has. */
export const record = <T extends object>(forms: Readonly<Record<keyof T, Form>>): Form => fields(forms);
