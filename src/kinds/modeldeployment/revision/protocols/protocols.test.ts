import { describe, expect, it } from '@jest/globals';
import { Probe } from 'kubernetes-models/v1';
import { modelDeploymentSchema } from '../../../../api/generated/schemas.ts';
import { protocols } from './index.ts';

describe.each(protocols)('The protocol $name', (protocol) => {
  it('asks by exactly one action, which Kubernetes takes', () => {
    const action = protocol.probe(8080);
    expect(Object.keys(action)).toHaveLength(1);
    new Probe(action).validate();
  });

  it('asks the port on which the server listens, and says the same for the same port', () => {
    expect(JSON.stringify(protocol.probe(8080))).toContain('8080');
    expect(JSON.stringify(protocol.probe(9000))).not.toContain('8080');
    expect(protocol.probe(8080)).toEqual(protocol.probe(8080));
  });
});

describe('The protocols', () => {
  it('are those that the schema of spec.server.protocol lists', () => {
    const names = protocols.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const { protocol } = modelDeploymentSchema.properties.spec.properties.server.properties;
    expect(protocol.enum).toEqual(names);
  });
});
