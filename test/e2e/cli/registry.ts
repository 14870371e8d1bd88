/** The private registry of the suite `pods`, for the faults about images. */
import { Place } from '../outcomes/place.ts';
import { startRegistry } from '../pods/registry.ts';

const address = '127.0.0.1:5000';

export const registry = {
  address,
  /** Where its pod is. */
  namespace: 'registry',
  /** What pods read it by, if the password is right: hush. */
  secret(password: string): object {
    const auths = { [address]: { username: 'team', password } };
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'registry' },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': JSON.stringify({ auths }) },
    };
  },
  start: (...args: ConstructorParameters<typeof Place>) => startRegistry(new Place(...args)),
} as const;
