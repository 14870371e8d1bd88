/** What people do lawfully with the options of a pod. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPodTemplateSpec } from 'kubernetes-models/v1';
import { deployments, jobs, trainingRuns } from '../../../src/api/kinds.ts';
import { everyOption } from '../../builders/podoptions.ts';
import { running } from '../../builders/pod.ts';
import { serving as ready } from '../../integration/faults/kubelet.ts';
import type { Deed } from '../contract.ts';
import { may, type Right } from '../rights.ts';
import type { Scene } from '../scene.ts';
import { createModels, createRuns, createsModel, createsRun } from '../topics/authoring.ts';
import { taint } from '../profiles.ts';
import { runOf } from '../victims.ts';

const plays = (scene: Scene) => {
  scene.plays('fraud', running());
  scene.plays('serve', ready);
  return Promise.resolve();
};

const templatesOf = (scene: Scene): readonly (IPodTemplateSpec | undefined)[] =>
  [...scene.history.list<IJob>(jobs), ...scene.history.list<IDeployment>(deployments)].map(
    ({ spec }) => spec?.template,
  );

const makes = (holds: (template: IPodTemplateSpec) => boolean | undefined) => (scene: Scene) =>
  templatesOf(scene).some((template) => template !== undefined && holds(template) === true);

const toleratesTaint = makes(({ spec }) => spec?.tolerations?.some(({ key }) => key === taint));
const accelerator = { profile: 'h100', count: 1 };
const server = { image: 'example.com/serve:1', port: 8080, protocol: 'HTTP' };
const readConfigMaps: Right = { apiGroup: '', resource: 'configmaps', verb: 'get' };

export const options: readonly Deed[] = [
  {
    name: 'somebody who may only write runs gets to a tainted node by a hardware profile',
    rights: createRuns,
    prepare: plays,
    act: createsRun({ accelerator }),
    works: toleratesTaint,
  },
  {
    name: 'somebody who may only write models gets to a tainted node by a hardware profile',
    rights: createModels,
    prepare: plays,
    act: createsModel({ server: { ...server, accelerator } }),
    works: toleratesTaint,
  },
  {
    name: 'somebody who may only write runs has pods bear a label and an annotation that the chart lists',
    rights: createRuns,
    prepare: plays,
    act: createsRun({ pod: { labels: { team: 'a' }, annotations: { 'example.com/owner': 'a' } } }),
    works: makes(
      ({ metadata }) => metadata?.labels?.['team'] === 'a' && metadata.annotations?.['example.com/owner'] === 'a',
    ),
  },
  {
    name: 'somebody who may read ConfigMaps trains with a script in one',
    rights: [...createRuns, readConfigMaps],
    prepare: plays,
    act: createsRun({ pod: { volumes: [{ name: 'code', mountPath: '/code', configMap: { name: 'code' } }] } }),
    works: makes(({ spec }) => spec?.volumes?.some(({ configMap }) => configMap?.name === 'code')),
  },
  {
    name: 'somebody who may create Jobs uses every option, and edits it',
    rights: [...createRuns, may('patch', trainingRuns), may('create', jobs)],
    worlds: ['Running', 'Compare'],
    because: 'it is edited once the operator has told of it',
    prepare: plays,
    act: async (scene) => {
      await createsRun({ pod: everyOption })(scene);
      await scene.until('status tells of its attempt', () => runOf(scene)?.status?.attempts?.length === 1);
      await scene.attacker.patch(trainingRuns, 'fraud', { spec: { image: 'example.com/train:2' } });
    },
    works: makes(
      ({ spec }) => spec?.containers[0]?.image === 'example.com/train:2' && spec.priorityClassName === 'batch',
    ),
  },
  {
    name: 'somebody who may create Deployments serves with every option',
    rights: [...createModels, may('create', deployments)],
    prepare: plays,
    act: createsModel({ server: { ...server, pod: everyOption } }),
    works: makes(({ spec }) => spec?.priorityClassName === 'batch'),
  },
];
