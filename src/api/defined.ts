/**
 * The given fields without those that are undefined: a field that is not set is absent, in status, in children and in what is
 * digested, so that it equals one that was never mentioned.
 */
export function defined<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  // A loop, since each pass does this some twenty times.
  const present: Partial<T> = {};
  for (const name of Object.keys(fields) as (keyof T)[]) {
    const value = fields[name];
    if (value !== undefined) present[name] = value;
  }
  return present as T;
}
