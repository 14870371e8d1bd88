/** What the platform team did to the operator, or to what it asks. */
import { setTimeout as sleep } from 'node:timers/promises';
import { namespaces, release } from '../../../../hack/loop/mark.ts';
import type { Place } from '../../outcomes/place.ts';
import { named, summary } from '../../outcomes/place.ts';
import type { Faults } from '../fault.ts';
import { asker, claim, monitor, python, reporting, run, serve } from './objects.ts';

const operator = ['--namespace', namespaces.operator];
const jobs = { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'patch', 'delete'] };
const scale = (deployment: string, namespace: string, replicas: number) =>
  `kubectl scale deployment ${deployment} --replicas ${replicas} --namespace ${namespace}`;

async function stopped(place: Place, deployment: string, namespace: string): Promise<void> {
  const where = ['--namespace', namespace];
  await place.kubectl.run(['scale', 'deployment', deployment, '--replicas=0', ...where]);
  await place.until('an end of its pods', async () => (await place.kubectl.list('pods', namespace)).length === 0);
}

/** Those that concern everybody on the cluster; each has it for itself, and is undone by its fix. */
export const operatorFaults: Faults = {
  'prometheus-down': {
    title: 'Prometheus is down',
    about: 'mon/fraud',
    before: [claim],
    objects: [serve(), monitor([{ name: 'errors', errors: {}, max: 0.05, window: '1m' }]), asker('fraud')],
    afterwards: async (place) => {
      await place.until(
        'a model that serves',
        ({ deployments }) => summary(named(deployments, 'fraud'))?.status === 'True',
      );
      await stopped(place, 'prometheus', namespaces.monitoring);
    },
    shows: [/Ready=(?:False|Unknown) .*(?:Prometheus|metrics|refused|unreachable|answer)/],
    expect: {
      cause: [/errors/, /refused|answer|reach/],
      actor: 'Administrator',
      fix: scale('prometheus', namespaces.monitoring, 1),
    },
    works: /ChecksPassed=True/,
  },
  'operator-forbidden': {
    title: 'Somebody took the operator’s right to make Jobs',
    about: 'trun/fraud',
    objects: [],
    afterwards: async (place) => {
      const text = await place.kubectl.run(['get', 'clusterrole', release, '--output=json']);
      const role = JSON.parse(text) as { rules: { resources: string[]; verbs: string[] }[] };
      const rules = role.rules.map((rule) =>
        rule.resources.includes('jobs') ? { ...rule, verbs: ['get', 'list', 'watch'] } : rule,
      );
      await place.kubectl.run([
        'patch',
        'clusterrole',
        release,
        '--type=merge',
        `--patch=${JSON.stringify({ rules })}`,
      ]);
      await place.apply(run());
      // As long as the operator would need if it could.
      await sleep(10_000);
    },
    // The operator can say it in its log alone.
    shows: [],
    expect: {
      cause: [/operator/, /log/],
      actor: 'Administrator',
      fix: `kubectl patch clusterrole ${release} --type json --patch '${JSON.stringify([{ op: 'add', path: '/rules/-', value: jobs }])}'`,
    },
  },
  'operator-down': {
    title: 'The operator does not run, and the run was edited since',
    about: 'trun/fraud',
    objects: [run()],
    afterwards: async (place) => {
      await place.until('a version', ({ versions }) => versions.length > 0);
      await stopped(place, release, namespaces.operator);
      const patch = `--patch=${JSON.stringify({ spec: { ...python(reporting('{"f1": 0.97}')) } })}`;
      await place.kubectl.run(['patch', 'trainingrun', 'fraud', '--namespace', place.namespace, '--type=merge', patch]);
    },
    shows: [/Succeeded=True/],
    expect: {
      cause: [/operator/, /scaled to 0/],
      actor: 'Administrator',
      fix: scale(release, operator[1] ?? '', 2),
    },
  },
};
