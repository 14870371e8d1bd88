import { describe, expect, it } from '@jest/globals';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import { artifact, modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import type { RevisionStatus } from '../../../api/types.ts';
import type { Provenance } from '../../../workload/origin.ts';
import { buildDeployment, type RevisionTemplate } from './deployment.ts';
import { makingOf } from './edited.ts';
import { withMade } from './made.ts';
import { alteredAmong } from './strangers.ts';
import { makingDigest, programOf } from './template.ts';
import { revisionWorkload } from './workload.ts';
import { deployment as workload } from './workloads/deployment.ts';

const revision = '0a1b2c3d';
const declared: RevisionTemplate = {
  parent: modelDeployment(),
  revision,
  model: artifact(1),
  profile: {},
  observerImage: 'registry/flyball:1',
  replicas: 1,
};
const role: RevisionStatus = { ...artifact(1), revision, since: '2026-11-24T10:00:00Z' };

function made({ image = 'registry/server:1', generation = 1, uid = 'uid-child' } = {}): IDeployment {
  const built = buildDeployment(declared);
  if (built?.spec === undefined) throw new Error('nothing is built');
  const { template } = built.spec;
  const [main, ...others] = template.spec?.containers ?? [];
  const spec = { ...template.spec, containers: main === undefined ? others : [{ ...main, image }, ...others] };
  const metadata = { ...built.metadata, uid, generation };
  return { ...built, metadata, spec: { ...built.spec, template: { ...template, spec } } };
}

function judged(object: IDeployment, { known = role, provenance = 'Admission' as Provenance, isDeclared = true } = {}) {
  const found = revisionWorkload(workload, object, { parent: 'fraud', read: { ownedBy: () => [] } });
  return makingOf({ role: known, found, declared: isDeclared ? declared : undefined, provenance });
}

/** The role as status has it after the POST was answered with this. */
function remembering(answer: IDeployment): RevisionStatus {
  return withMade({ stable: role }, [answer]).stable ?? role;
}

describe('The template of a revision', () => {
  it('is known by what the API server answered its POST, so that a webhook may have taken its image from elsewhere', () => {
    const answer = made({ image: 'mirror/registry/server:1' });
    const known = remembering(answer);
    expect(known).toMatchObject({ workloadUID: 'uid-child', templateDigest: expect.stringMatching(/^v1:sha256:/) });
    for (const provenance of ['Admission', 'Compare'] as const) {
      expect(judged(answer, { known, provenance })).toEqual({ type: 'Own' });
      expect(judged(made(), { known, provenance }).type).toBe('Edited');
      expect(judged(made(), { known, provenance, isDeclared: false }).type).toBe('Edited');
    }
  });

  it('is compared with what would be made where that answer was lost, and is remembered then', () => {
    const found = judged(made({ generation: 7 }));
    expect(found).toEqual({ type: 'Own', digest: remembering(made()).templateDigest });
    expect(judged(made({ image: 'evil/server:1', generation: 2 })).type).toBe('Edited');
  });

  it('is compared so too where another release digested something else, and is remembered anew: an upgrade forges nothing', () => {
    const { templateDigest: digest } = remembering(made());
    for (const templateDigest of [`sha256:${'0'.repeat(64)}`, `v999:sha256:${'0'.repeat(64)}`]) {
      const known = { ...remembering(made()), templateDigest };
      expect(judged(made(), { known })).toEqual({ type: 'Own', digest });
      expect(judged(made({ image: 'evil/server:1', generation: 2 }), { known }).type).toBe('Edited');
    }
  });

  it('has a digest that changes only with its version: count `coverage` up where this fails, and do not take back the old number', () => {
    const container = { name: 'main', image: 'registry/server:1', resources: { limits: { cpu: '1' } } };
    const template = {
      spec: { containers: [container, { name: 'theirs', image: 'x' }], dnsPolicy: 'ClusterFirst' as const },
    };
    expect(makingDigest({ template, minReady: 10 })).toBe(
      'v1:sha256:4973ecd7ca824355d36ebb9bee8f3b7b2d06d0366e51eb99cb6d77efacf1a955',
    );
  });

  it('may then have the image of a webhook as long as nobody has written to it, if only the operator can have made it', () => {
    const mirrored = made({ image: 'mirror/registry/server:1' });
    expect(judged(mirrored).type).toBe('Own');
    expect(judged(mirrored, { provenance: 'Compare' }).type).toBe('Edited');
  });

  it('is compared so too where its Deployment was made again, and that is not remembered', () => {
    const known = remembering(made({ image: 'mirror/registry/server:1' }));
    const again = made({ uid: 'uid-again', generation: 2 });
    expect(judged(again, { known })).toMatchObject({ type: 'Own', digest: expect.any(String) });
  });

  it('of a revision that nobody remembers or can make again is left alone: an upgrade restarts nothing', () => {
    expect(judged(made({ image: 'registry/server:0' }), { isDeclared: false })).toEqual({ type: 'Own' });
  });

  it('is remembered for its own revision alone', () => {
    const status = withMade({ stable: { ...role, revision: 'ffffffff' } }, [made()]);
    expect(status.stable).not.toHaveProperty('templateDigest');
  });
});

describe('A pod of a revision', () => {
  const { template } = made().spec ?? {};
  const program = template && programOf(template, []);
  const pod = (image: string) => {
    const containers = (template?.spec?.containers ?? []).map((one) => ({ ...one, image }));
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { ...template?.spec, containers } } as const;
  };

  it('in which another image was set does not count', () => {
    const [own, altered] = [pod('registry/server:1'), pod('evil/server:1')];
    expect(alteredAmong([own, altered], program)).toEqual([altered]);
  });
});
