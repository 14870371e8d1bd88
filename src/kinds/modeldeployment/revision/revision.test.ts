import { describe, expect, it } from '@jest/globals';
import { server } from '../../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { modelOf, revisionOf } from './revision.ts';
import type { ServingSpec } from './revision.ts';

const model = { uri: 'pvc://models/fraud/fraud-1', digest: 'sha256:1' };

describe('A revision', () => {
  it('is eight hexadecimal digits that never change for the same model and server', () => {
    expect(revisionOf(model, { server })).toMatch(/^[0-9a-f]{8}$/);
    expect(revisionOf(model, { server })).toBe(revisionOf({ ...model }, { server: { ...server } }));
  });

  it('does not depend on the order of fields or on defaults that are written out', () => {
    const { image, port, protocol } = server;
    const reordered = { protocol, env: [], args: [], resources: {}, port, image };
    expect(revisionOf(model, { server: reordered })).toBe(revisionOf(model, { server }));
  });

  it('does not depend on options of the pod that say what is so without them', () => {
    const usual = { automountServiceAccountToken: false, serviceAccountName: 'default', terminationGracePeriod: '30s' };
    const tolerations = [{ key: 'gpu' }];
    const code = { name: 'code', configMap: { name: 'code' } };
    const volumes = [code];
    const of = (pod: NonNullable<ServingSpec['server']['pod']>) => revisionOf(model, { server: { ...server, pod } });
    expect(of(usual)).toBe(revisionOf(model, { server }));
    expect(of({ tolerations: [{ key: 'gpu', operator: 'Equal', value: '' }] })).toBe(of({ tolerations }));
    expect(of({ volumes: [{ ...code, readOnly: false }] })).toBe(of({ volumes }));
    expect(of({ volumes })).not.toBe(of({}));
    expect(of({ tolerations })).not.toBe(of({}));
  });

  it('does not depend on where the model is kept in the pod as long as that says what is so without it', () => {
    const of = (storage: NonNullable<ServingSpec['server']['storage']>) =>
      revisionOf(model, { server: { ...server, storage } });
    const own = revisionOf(model, { server });
    for (const storage of [{}, { volume: {} }, { volume: { emptyDir: {} } }]) expect(of(storage)).toBe(own);
    const others = [
      { secretRef: { name: 'team' } },
      { volume: { claimName: 'cache' } },
      { volume: { ephemeral: { size: '100Gi' } } },
      { volume: { emptyDir: { sizeLimit: '100Gi' } } },
    ];
    expect(new Set([own, ...others.map(of)]).size).toBe(5);
  });

  it('is another one where the server finds the model elsewhere, and the same where that is as without it', () => {
    const at = (modelPath: string) => revisionOf(model, { server: { ...server, modelPath } });
    expect(at('/flyball/model')).toBe(revisionOf(model, { server }));
    expect(at('/mnt/models')).not.toBe(revisionOf(model, { server }));
  });

  it('is another one where the server gets the model by itself, and then also by where that is', () => {
    const streamed = (uri: string) => revisionOf({ ...model, uri }, { server, model: { delivery: 'Server' } });
    expect(streamed('s3://models/a')).not.toBe(revisionOf({ ...model, uri: 's3://models/a' }, { server }));
    expect(streamed('s3://models/a')).not.toBe(streamed('s3://models/b'));
    expect(revisionOf(model, { server, model: { delivery: 'Mount' } })).toBe(revisionOf(model, { server }));
  });

  it('is the same whoever says what the digest of its model is', () => {
    const measured = { ...model, digestSource: 'Measured' } as const;
    expect(revisionOf(measured, { server })).toBe(revisionOf({ ...model, digestSource: 'Reported' }, { server }));
  });

  it('does not depend on how a quantity is written', () => {
    const asking = (cpu: string | number) => revisionOf(model, { server: { ...server, resources: { cpu } } });
    expect(asking(4)).toBe(asking('4'));
  });

  it('does not depend on the order of variables and signals, unless a value refers to another variable', () => {
    const env = ['A', 'B', 'C'].map((name) => ({ name, value: name }));
    const signals = ['amount', 'country'].map(
      (name) => ({ name, from: 'Request', pointer: '/x', type: 'Number' }) as const,
    );
    const of = (variables: typeof env, watched: typeof signals) =>
      revisionOf(model, { server: { ...server, env: variables }, observe: { signals: watched } });
    expect(of(env.toReversed(), signals.toReversed())).toBe(of(env, signals));
    const referring = [...env, { name: 'D', value: '$(A)' }];
    expect(of(referring.toReversed(), signals)).not.toBe(of(referring, signals));
  });

  it('is the same for an artifact with the same digest elsewhere, under another version', () => {
    const copy = { uri: 'pvc://models/fraud/fraud-2', digest: 'sha256:1', version: 'fraud-2' };
    expect(revisionOf(copy, { server })).toBe(revisionOf(model, { server }));
  });

  it('is another one once people correct where the model is whose digest they name', () => {
    const declared = { ...model, digestSource: 'Declared' } as const;
    const corrected = { ...declared, uri: 'pvc://models/fraud/fraud-2' };
    expect(revisionOf(corrected, { server })).not.toBe(revisionOf(declared, { server }));
  });

  it('goes by the URI where the digest is unknown', () => {
    const [left, right] = [1, 2].map((number) => revisionOf({ uri: `pvc://models/${number}` }, { server }));
    expect(left).not.toBe(right);
  });

  const others: readonly (readonly [string, ServingSpec])[] = [
    ['image', { server: { ...server, image: 'registry/server:2' } }],
    ['environment', { server: { ...server, env: [{ name: 'A', value: '' }] } }],
    ['port', { server: { ...server, port: 9000 } }],
    ['observer', { server, observe: {} }],
    ['amount for the observer', { server, observe: { resources: { cpu: '1' } } }],
    ['signals', { server, observe: { signals: [{ name: 'a', from: 'Request', pointer: '', type: 'Number' }] } }],
  ];
  it.each(others)('is another one with another %s', (_, spec) => {
    expect(revisionOf(model, spec)).not.toBe(revisionOf(model, { server }));
  });

  it('with an empty observe is the one with no signals', () => {
    expect(revisionOf(model, { server, observe: {} })).toBe(revisionOf(model, { server, observe: { signals: [] } }));
  });

  describe('of a version with a profile', () => {
    const watching = (...names: readonly string[]): ServingSpec => ({
      server,
      observe: { signals: names.map((name) => ({ name, from: 'Request', pointer: '/x', type: 'Category' })) },
    });
    const of = (spec: ServingSpec, shares: Readonly<Record<string, string>>) => {
      const profile = Object.fromEntries(Object.entries(shares).map(([name, a]) => [name, { categories: { a } }]));
      const served = modelOf(modelVersion(1, { ...model, profile }), spec);
      return served && revisionOf(served, spec);
    };

    it('is another one with another profile of a signal that is observed', () => {
      expect(of(watching('amount'), { amount: '0.5' })).not.toBe(of(watching('amount'), { amount: '0.6' }));
      expect(of(watching('amount'), { amount: '0.5' })).not.toBe(of(watching('amount'), {}));
    });

    it('does not depend on the profile of what is not observed', () => {
      expect(of(watching('amount'), { amount: '0.5', age: '1' })).toBe(of(watching('amount'), { amount: '0.5' }));
      expect(of({ server, observe: {} }, { amount: '0.5' })).toBe(of({ server, observe: {} }, { amount: '0.6' }));
      expect(of({ server }, { amount: '0.5' })).toBe(of({ server }, {}));
    });
  });
});
