import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { observerPorts } from '../../src/api/observer.ts';

const textOf = (kind: string) => readFileSync(join(import.meta.dirname, '..', '..', 'crds', `${kind}.yaml`), 'utf8');

describe('the observer and the CRDs', () => {
  test('agree on the ports that a server cannot have', () => {
    const { inference, metrics } = observerPorts;
    expect(textOf('modeldeployments')).toContain(`!(self.server.port in [${inference}, ${metrics}])`);
  });
});
