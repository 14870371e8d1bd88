import { describe, expect, it } from '@jest/globals';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer, IPodTemplateSpec } from 'kubernetes-models/v1';
import { canary, server } from '../../../../test/builders/modeldeployment.ts';
import type { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { inFirstStep, serving, watched } from '../../../../test/simulate/rollout.ts';

type Edit = (main: IContainer, template: IPodTemplateSpec) => IPodTemplateSpec;

const withMain =
  (fields: Partial<IContainer>): Edit =>
  (main, template) => ({ ...template, spec: { ...template.spec, containers: [{ ...main, ...fields }] } });

/** Somebody edits the template of the Deployment of a version. */
function tamper(world: ServingWorld, version: string, edit: Edit): void {
  const revision = [world.parent.status?.stable, world.parent.status?.candidate].find(
    (one) => one?.version === version,
  )?.revision;
  const deployment = world.deployments().find(({ metadata }) => metadata?.name === `fraud-${revision}`);
  const template = deployment?.spec?.template;
  const main = template?.spec?.containers[0];
  if (deployment?.spec === undefined || template === undefined || main === undefined) throw new Error('no Deployment');
  const metadata = { ...deployment.metadata, generation: 2 };
  const edited: IDeployment = { ...deployment, metadata, spec: { ...deployment.spec, template: edit(main, template) } };
  world.put(edited);
}

const evil = withMain({ image: 'evil/server:1', command: ['sh', '-c', 'exit 1'] });

describe('A candidate whose Deployment somebody edits', () => {
  it('is neither rejected nor promoted, and what restores it is told', async () => {
    const world = await inFirstStep(watched);
    world.metrics = { requests: 500 };
    tamper(world, 'fraud-2', evil);
    world.behaviours.set('fraud-2', 'Crashes');
    await world.pass(3600);
    expect(world.parent.status).toMatchObject({
      stable: { version: 'fraud-1' },
      candidate: { version: 'fraud-2', step: 0 },
    });
    expect(world.parent.status?.rejected).toBeUndefined();
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RollingOut' });
    const name = `fraud-${world.parent.status?.candidate?.revision}`;
    const patch =
      '{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"registry/server:1","command":null}]}}}}';
    expect(world.condition('Stalled')).toMatchObject({
      reason: 'Forged',
      message:
        `Somebody changed the template of Deployment "${name}" (image, command), so that its pods are not revision ` +
        `${name.slice(6)} any more: nothing is promoted by them, nor rejected as long as something serves. Restore it: \`kubectl -n team patch deployment ` +
        `${name} -p '${patch}'\`; or delete it, which ends its pods; it is made again: \`kubectl -n team delete deployment ${name}\`.`,
    });
  });

  it('goes on once it is restored, or deleted and made again', async () => {
    for (const way of ['Restored', 'Deleted'] as const) {
      const world = await inFirstStep();
      tamper(world, 'fraud-2', evil);
      await world.pass(60);
      if (way === 'Deleted') world.remove('Deployment', `fraud-${world.parent.status?.candidate?.revision}`);
      else
        tamper(world, 'fraud-2', (main, template) => {
          const { command: _, ...rest } = main;
          return withMain({})({ ...rest, image: server.image }, template);
        });
      await world.pass(400);
      expect(world.parent.status?.stable?.version).toBe('fraud-2');
      expect(world.condition('Stalled')).toBeUndefined();
    }
  });

  it.each<[string, Edit]>([
    ['its arguments', withMain({ args: ['--other'] })],
    [
      'our variables',
      (main, template) => withMain({ env: main.env?.map((one) => ({ ...one, value: 'x' })) ?? [] })(main, template),
    ],
    [
      'a variable that others add',
      (main, template) => withMain({ env: [...(main.env ?? []), { name: 'PYTHONHOME', value: '/' }] })(main, template),
    ],
    ['variables that others take from elsewhere', withMain({ envFrom: [{ configMapRef: { name: 'settings' } }] })],
    [
      'a mount over its files',
      (main, template) =>
        withMain({ volumeMounts: [...(main.volumeMounts ?? []), { name: 'empty', mountPath: '/usr' }] })(
          main,
          template,
        ),
    ],
    ['its user', withMain({ securityContext: { runAsUser: 4711 } })],
    [
      "its pods' user",
      (_, template) => ({
        ...template,
        spec: { containers: [], ...template.spec, securityContext: { runAsUser: 4711 } },
      }),
    ],
    ['its probe', withMain({ readinessProbe: { exec: { command: ['true'] } } })],
    ['its memory', withMain({ resources: { limits: { memory: '1Mi' } } })],
    [
      'its model',
      (_, template) => ({
        ...template,
        spec: {
          ...template.spec,
          containers: template.spec?.containers ?? [],
          volumes: [{ name: 'model', emptyDir: {} }],
        },
      }),
    ],
  ])('is not believed with an edit of %s', async (_, edit) => {
    const world = await inFirstStep();
    tamper(world, 'fraud-2', edit);
    await world.pass(30);
    expect(world.condition('Stalled')).toMatchObject({ reason: 'Forged' });
  });

  it('is not believed with another value of a variable that the spec declares', async () => {
    const world = await inFirstStep({
      rollout: canary,
      server: { ...server, env: [{ name: 'LEVEL', value: 'info' }] },
    });
    tamper(world, 'fraud-2', (main, template) =>
      withMain({ env: [...(main.env ?? []), { name: 'LEVEL', value: 'debug' }] })(main, template),
    );
    await world.pass(30);
    expect(world.condition('Stalled')?.message).toContain('(env)');
  });

  it.each<[string, Edit]>([
    [
      'a restart by hand',
      (_, template) => ({
        ...template,
        metadata: { ...template.metadata, annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' } },
      }),
    ],
    [
      'where it is scheduled',
      (_, template) => ({
        ...template,
        spec: { containers: [], ...template.spec, nodeSelector: { zone: 'a' }, tolerations: [{ operator: 'Exists' }] },
      }),
    ],
    [
      'a container beside it',
      (main, template) => ({
        ...template,
        spec: { ...template.spec, containers: [main, { name: 'mesh', image: 'mesh:1' }] },
      }),
    ],
  ])('is promoted with %s', async (_, edit) => {
    const world = await inFirstStep();
    tamper(world, 'fraud-2', edit);
    await world.pass(400);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });
});

describe('A candidate whose pods somebody has count sooner', () => {
  it('is not promoted by them', async () => {
    const world = await inFirstStep();
    const name = `fraud-${world.parent.status?.candidate?.revision}`;
    const deployment = world.deployments().find(({ metadata }) => metadata?.name === name);
    world.put({ ...deployment, spec: { ...deployment?.spec, minReadySeconds: 0 } } as IDeployment);
    await world.pass(400);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(world.condition('Stalled')?.message).toContain(`Delete it, which ends its pods; it is made again`);
  });
});

describe('What serves, when somebody edits its Deployment', () => {
  it('does not go back, whatever its pods do and whatever Monitors say, and is told', async () => {
    const world = await serving();
    world.register(2);
    await world.pass(400);
    tamper(world, 'fraud-2', evil);
    world.behaviours.set('fraud-2', 'Crashes');
    world.reject('latency');
    await world.pass(3600);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, previous: { version: 'fraud-1' } });
    expect(world.parent.status?.rejected).toBeUndefined();
    expect(world.condition('Stalled')).toMatchObject({
      reason: 'Forged',
      message: expect.stringContaining('Restore it: `kubectl'),
    });
  });

  it('gives way to another server that the spec describes, without being asked about', async () => {
    const world = await serving();
    tamper(world, 'fraud-1', evil);
    await world.pass(30);
    world.edit({ server: { ...server, image: 'registry/server:2' } });
    await world.pass(1);
    expect(world.condition('Stalled')?.message).toContain('what the spec asks for takes over');
    await world.pass(400);
    expect(world.condition('Stalled')).toBeUndefined();
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  });
});
