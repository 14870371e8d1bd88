/**
 * The given fields without those that are undefined: a field that is not set is absent, in status, in children and in what is
 * digested, so that it equals one that was never mentioned.
 */
export function defined<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
