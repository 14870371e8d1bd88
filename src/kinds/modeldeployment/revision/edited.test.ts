import { describe, expect, it } from '@jest/globals';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import { everyOption } from '../../../../test/builders/podoptions.ts';
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

type Template = NonNullable<IDeployment['spec']>['template'];
type PodSpec = NonNullable<Template['spec']>;

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
    expect(known).toMatchObject({ workloadUID: 'uid-child', templateDigest: expect.stringMatching(/^v2:sha256:/) });
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
      metadata: { annotations: { 'flyball.dev/beside': '{"containers":["warm"],"volumes":["cache"]}' } },
      spec: {
        containers: [container, { name: 'theirs', image: 'x' }],
        initContainers: [{ name: 'warm', image: 'warm:1' }],
        volumes: [{ name: 'cache', emptyDir: {} }, { name: 'theirs' }],
        dnsPolicy: 'ClusterFirst' as const,
        serviceAccountName: 'server',
      },
    };
    expect(makingDigest({ template, minReady: 10 })).toBe(
      'v2:sha256:2da2b5be52705cdcca190e7ad54f589ad2c530d47d775a71eb746e13788161c3',
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

describe("The template of a revision with people's options", () => {
  const { server } = modelDeployment().spec;
  const accelerator = { profile: 'h100', count: 1 };
  const envFrom = [{ configMapRef: { name: 'settings' } }];
  const hardware = { name: 'h100', resource: 'nvidia.com/gpu', env: [{ name: 'NCCL_DEBUG', value: 'INFO' }] };
  const parent = modelDeployment({ spec: { server: { ...server, accelerator, envFrom, pod: everyOption } } });
  const described: RevisionTemplate = { ...declared, parent };
  const rich = { ...described, hardware };
  const answer = withTemplate((template) => template);
  const known = withMade({ stable: role }, [answer]).stable ?? role;

  function withTemplate(change: (template: Template) => Template): IDeployment {
    const built = buildDeployment(rich);
    if (built?.spec === undefined) throw new Error('nothing is built');
    const template = change(built.spec.template);
    return { ...built, metadata: { ...built.metadata, uid: 'uid-child' }, spec: { ...built.spec, template } };
  }

  const withSpec = (change: (spec: PodSpec) => Partial<PodSpec>) =>
    withTemplate((template) => ({
      ...template,
      spec: { ...template.spec, ...change(template.spec ?? { containers: [] }) } as PodSpec,
    }));
  const making = (object: IDeployment, now = described, remembered = known) => {
    const found = revisionWorkload(workload, object, { parent: 'fraud', read: { ownedBy: () => [] } });
    return makingOf({ role: remembered, found, declared: now, provenance: 'Compare' });
  };
  const inits = ({ initContainers = [] }: PodSpec) => initContainers;

  it.each<[string, (spec: PodSpec) => Partial<PodSpec>]>([
    ['another ServiceAccount', () => ({ serviceAccountName: 'admin' })],
    ['its token', () => ({ automountServiceAccountToken: false })],
    ['another RuntimeClass', () => ({ runtimeClassName: 'runc' })],
    ['no sidecar', (spec) => ({ initContainers: inits(spec).slice(0, 1) })],
    ['another image before main', (spec) => ({ initContainers: inits(spec).map((one) => ({ ...one, image: 'x' })) })],
    ['them in another order', (spec) => ({ initContainers: inits(spec).toReversed() })],
    [
      'a sidecar that is none',
      (spec) => ({ initContainers: inits(spec).map(({ name, image = '' }) => ({ name, image })) }),
    ],
    ['other files', ({ volumes }) => ({ volumes: volumes?.map((one) => ({ ...one, ...replaced(one.name) })) ?? [] })],
    ['other variables', ({ containers }) => ({ containers: containers.map((one) => ({ ...one, envFrom: [] })) })],
  ])('was edited if it has %s', (_, change) => {
    expect(making(answer)).toEqual({ type: 'Own' });
    expect(making(withSpec(change)).type).toBe('Edited');
  });

  it('is its own with the containers, volumes and annotations of others, wherever it is scheduled', () => {
    const others = withTemplate(({ metadata, spec }) => ({
      metadata: { ...metadata, annotations: { ...metadata?.annotations, 'kubectl.kubernetes.io/restartedAt': 'now' } },
      spec: {
        ...spec,
        containers: [...(spec?.containers ?? []), { name: 'mesh', image: 'mesh' }],
        initContainers: [{ name: 'mesh-init', image: 'mesh' }, ...(spec?.initContainers ?? [])],
        volumes: [...(spec?.volumes ?? []), { name: 'mesh', emptyDir: {} }],
        nodeSelector: { pool: 'other' },
        tolerations: [],
      },
    }));
    expect(making(others)).toEqual({ type: 'Own' });
  });

  it('was edited if it says of fewer containers that people declared them', () => {
    const hidden = withTemplate(({ metadata, spec }) => ({
      metadata: { ...metadata, annotations: {} },
      ...(spec && { spec }),
    }));
    expect(making(hidden).type).toBe('Edited');
  });

  it('is its own whatever its hardware profile says by now, also where the answer to its POST was lost', () => {
    expect(making(answer, described, role)).toMatchObject({ type: 'Own', digest: known.templateDigest });
  });

  it('is mended by a patch that brings its sources of variables and its folder back', () => {
    const object = withSpec(({ containers }) => ({
      containers: containers.map((one) => ({ ...one, envFrom: [], workingDir: '/tmp' })),
    }));
    const found = making(object);
    const message = found.type === 'Edited' ? found.report.message : '';
    expect(message).toContain('"workingDir":null');
    expect(message).toContain('"envFrom":[{"configMapRef":{"name":"settings"}}]');
  });

  function replaced(volume: string) {
    return volume === 'code' ? { configMap: { name: 'other' } } : {};
  }
});
