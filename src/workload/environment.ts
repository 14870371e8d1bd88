import type { IEnvVar } from 'kubernetes-models/v1';
import type { EnvironmentVariable } from '../api/generated/shared.ts';

/**
 * The variables of a container: the operator's, then the user's, so that these may refer to the others by `$(NAME)`.
 * @param replaceable the operator's too, but a user's of the same name stands in its place.
 */
export function environment(
  own: readonly IEnvVar[],
  users: readonly EnvironmentVariable[] | undefined,
  replaceable: readonly IEnvVar[] = [],
): IEnvVar[] {
  const declared = users ?? [];
  const names = new Set(declared.map(({ name }) => name));
  return [...own, ...replaceable.filter(({ name }) => !names.has(name)), ...declared.map(userVariable)];
}

/** Variables that say what they are given, whoever wrote it: Kubernetes expands `$(NAME)` in values. Those undefined are left out. */
export function literals(values: Readonly<Record<string, string | undefined>>): IEnvVar[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: value.replaceAll('$', '$$$$') }],
  );
}

function userVariable({ name, value, secretKeyRef }: EnvironmentVariable): IEnvVar {
  return secretKeyRef === undefined ? { name, value: value ?? '' } : { name, valueFrom: { secretKeyRef } };
}
