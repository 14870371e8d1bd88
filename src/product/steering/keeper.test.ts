import { describe, expect, it } from '@jest/globals';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { type Kept, keepingOf, warningOf } from './keeper.ts';

const changes = [{ path: ['spec', 'suspend'], before: undefined, after: true }];
const named = { 'f:spec': { 'f:suspend': {}, 'f:image': {} } };
const others = { 'f:spec': { 'f:image': {} } };

function kept(metadata: object): Kept {
  const run = trainingRun();
  return { ...run, metadata: { ...run.metadata, ...metadata } } as Kept;
}

function warning(metadata: object): string | undefined {
  const keeping = keepingOf(kept(metadata), changes);
  return keeping && warningOf(keeping);
}

const argo = { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:flyball.dev/TrainingRun:team/fraud' } };
const flux = {
  labels: { 'kustomize.toolkit.fluxcd.io/name': 'models', 'kustomize.toolkit.fluxcd.io/namespace': 'flux' },
};
const by = (manager: string, fieldsV1: object, operation = 'Apply') => ({
  managedFields: [{ manager, operation, fieldsV1 }],
});
const applied = (spec: object) => ({
  annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec }) },
});

describe('What people change by hand', () => {
  it('is undone by Argo CD and Flux where Git names the field', () => {
    expect(warning({ ...argo, ...by('argocd-controller', named) })).toBe(
      'Argo CD (shop) keeps this object and will undo this, since Git says otherwise of spec.suspend. Commit instead:',
    );
    expect(warning({ ...flux, ...by('kustomize-controller', named) })).toMatch(
      /^Flux \(models\) keeps this object and will undo/,
    );
  });

  it('stays where Git does not name the field', () => {
    expect(warning({ ...argo, ...by('argocd-controller', others) })).toMatch(
      /so it stays; to have it there, too, commit:$/,
    );
    expect(keepingOf(kept({ ...flux, ...by('kustomize-controller', others) }), changes)?.undone).toEqual([]);
  });

  it('is known to be kept by who wrote the fields alone', () => {
    expect(warning(by('argocd-application-controller', named, 'Update'))).toMatch(/^Argo CD keeps/);
    expect(warning(by('helm-controller', named))).toMatch(/^Flux keeps/);
  });

  it('is undone by an upgrade of the Helm release, or by kubectl apply, where these name it', () => {
    const helm = { annotations: { 'meta.helm.sh/release-name': 'shop' } };
    expect(warning({ ...helm, ...by('helm', named) })).toMatch(/^an upgrade of the release shop may undo this/);
    expect(warning({ ...helm, ...by('helm', others) })).toBeUndefined();
    expect(warning(applied({ suspend: false }))).toMatch(/^the next kubectl apply may undo this/);
    expect(warning(applied({ image: 'registry/train:1' }))).toBeUndefined();
    expect(warning(by('kubectl', named))).toMatch(/^the next kubectl apply may undo this/);
  });

  it('is undone where a field is kept with all that is in it', () => {
    expect(warning({ ...flux, ...by('kustomize-controller', { 'f:spec': {} }) })).toContain('will undo this');
  });

  it('is nobody else’s where nobody keeps the object, whoever else has written to it', () => {
    expect(warning(by('kubectl-edit', named, 'Update'))).toBeUndefined();
    expect(warning({ annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{' } })).toBeUndefined();
  });
});
