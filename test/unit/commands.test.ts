import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { parse } from 'yaml';
import { kubectl, patchCommand, patchTimeCommand } from '../../src/api/command.ts';
import { jobs, services } from '../../src/api/kinds.ts';
import { commandsIn, written } from '../../src/api/message.ts';
import { type DeniedWrite, explained, type UnservedKind } from '../../src/api/refusal.ts';
import { buildDeployment } from '../../src/kinds/modeldeployment/revision/deployment.ts';
import { healthOf } from '../../src/kinds/modeldeployment/revision/health.ts';
import { findingOf, stillWaiting } from '../../src/workload/diagnosis/index.ts';
import { told } from '../../src/workload/diagnosis/words.ts';
import { transferContainers } from '../../src/workload/transfers.ts';
import { ill, type Illnesses } from '../builders/ill.ts';
import { illServers } from '../builders/illservers.ts';
import { illTrainings } from '../builders/illtrainings.ts';
import { illFetchingServers, illTransfers } from '../builders/illtransfers.ts';
import { job } from '../builders/job.ts';
import { commandProblems, resources, shellWords } from '../builders/kubectl.ts';
import { modelDeployment } from '../builders/modeldeployment.ts';
import { monitor } from '../builders/monitor.ts';
import { podOf } from '../builders/pod.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import { sourcesBelow } from './sources.ts';

const repository = join(import.meta.dirname, '..', '..');
const now = new Date('2026-11-24T10:31:00Z');
const made = job(trainingRun({ spec: { output: { uri: 'pvc://models/fraud' }, nodes: 2 } }));
const source = { namespace: 'team', selector: 'flyball.dev/attempt=fraud-1' };
const subject = { key: { namespace: 'team', name: 'fraud' }, revision: '0a1b2c3d' };
const training = { container: 'spec', claims: 'spec.output', pod: 'spec.pod', ours: transferContainers };

const parent = modelDeployment({ spec: { observe: {} } });
const template = {
  parent,
  revision: subject.revision,
  model: { uri: 'pvc://models/fraud' },
  profile: {},
  observerImage: 'x',
  replicas: 1,
};
const server: IPod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'fraud-0a1b2c3d-x7x2p', namespace: 'team' },
  spec: buildDeployment(template)?.spec?.template.spec ?? { containers: [] },
};

function casesOf(illnesses: Illnesses, podOf: (index: number | undefined) => IPod) {
  return Object.entries(illnesses).map(([name, podsOf]) => {
    return [name, podsOf((status, more = {}, index) => ill(status, { pod: podOf(index), ...more }))] as const;
  });
}

const trainings = casesOf({ ...illTrainings, ...illTransfers }, (index) => podOf(made, {}, index));
const servers = casesOf({ ...illServers, ...illFetchingServers }, () => server);

/** The world in which the pods are. */
function worldOf(pods: readonly IPod[]) {
  return {
    namespace: 'team',
    names: {
      pods: pods.map(({ metadata }) => metadata?.name ?? ''),
      containers: pods.flatMap(({ spec }) =>
        [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(({ name }) => name),
      ),
      persistentvolumeclaims: ['models'],
      nodes: ['gpu-1'],
      modeldeployments: ['fraud'],
      trainingruns: ['fraud'],
      monitors: ['fraud'],
      jobs: ['fraud-1-train'],
      services: ['fraud-1-train'],
    },
  };
}

describe('A command of a message can be run at that moment', () => {
  test.each(trainings)('of a training whose pods show that %s', (_, pods) => {
    const finding = findingOf(pods, training) ?? stillWaiting(pods, training, now);
    expect(finding).toBeDefined();
    const message = finding === undefined ? '' : written(told(finding, source, now));
    expect(commandProblems(message, worldOf(pods))).toEqual([]);
    // What nothing more is seen of has none here; a kind adds the remedies that it knows.
    expect(commandsIn(message)).toHaveLength(finding?.evidence === undefined ? 0 : 1);
  });

  test.each(servers)('of a revision whose pods show that %s', (_, pods) => {
    const health = healthOf({ refusal: undefined, pods, subject }, now);
    const report = health.type === 'Starting' ? health.waits : health.type === 'Healthy' ? undefined : health;
    expect(commandProblems(report?.message ?? '', worldOf(pods))).toEqual([]);
  });

  test.each(['exceeded quota: gpus', 'denied by a policy'])('of a revision whose pods are refused: %s', (refusal) => {
    const health = healthOf({ refusal, pods: [], subject }, now);
    const message = 'message' in health ? health.message : '';
    expect(commandsIn(message)).toHaveLength(2);
    expect(commandProblems(message, worldOf([]))).toEqual([]);
  });

  const parents = [trainingRun(), modelDeployment(), monitor()];
  const denials = (['Forbidden', 'Invalid', 'NameConflict', 'LabelChanged'] as const).flatMap((reason) =>
    [
      'exceeded quota: gpus',
      'maximum cpu usage per Container is 1',
      'User "system:serviceaccount:a:b" cannot create jobs',
    ].flatMap((message): DeniedWrite[] =>
      [jobs, services].map((kind) => ({
        type: 'DeniedWrite',
        verb: 'Create',
        kind,
        key: { namespace: 'team', name: 'fraud-1-train' },
        reason,
        message,
      })),
    ),
  );
  const unserved = (['Absent', 'Forbidden'] as const).flatMap((cause): UnservedKind[] =>
    ['', 'User "system:serviceaccount:a:b" cannot watch resource'].map((message) => ({
      type: 'UnservedKind',
      kind: jobs,
      cause,
      message,
    })),
  );
  test.each([...denials, ...unserved])('after a refusal (%#)', (refusal) => {
    for (const parent of parents) {
      const { message } = explained(refusal, parent);
      expect(commandProblems(message, worldOf([]))).toEqual([]);
      expect(message.replaceAll(/`[^`]*`/g, '')).not.toContain('kubectl');
      expect(commandsIn(message).length).toBeGreaterThan(0);
    }
  });
});

describe('What reads commands', () => {
  const world = { namespace: 'wine', names: { trainingruns: ['quality'], pods: ['quality-1-train-abcde'] } };
  const key = { namespace: 'wine', name: 'quality' };

  test.each<string>([
    kubectl('wine', 'logs', 'job/quality-1-train', '-c', 'main'),
    kubectl('wine', 'logs', 'quality-1-train-abcde', '-c', 'main', '--previous'),
    kubectl('wine', 'describe', 'pods', '-l', 'flyball.dev/attempt=quality-1'),
    kubectl(undefined, 'describe', 'nodes'),
    patchCommand('trun', key, { suspend: false, note: "it's" }),
    patchTimeCommand('trun', key, ['rerunAt']),
  ])('takes %s', (command) => {
    expect(commandProblems(`Do it: \`${command}\``, world)).toEqual([]);
  });

  test.each([
    'kubectl edit trun quality -n wine',
    'kubectl -n wine edit trun quality q:',
    'kubectl -n wine edit trun quality; rm -rf /',
    'kubectl -n wine edit trun quality, which trains again',
    'kubectl -n wine logs job/quality-1-train --previous or not',
    'kubectl -n wine logs',
    'kubectl -n wine logs other-pod',
    'kubectl -n wine get unicorns',
    'kubectl -n wine fly trun quality',
    'kubectl -n vinegar get trun quality',
    'kubectl -n wine describe nodes',
    'kubectl describe pods',
    'kubectl -n wine delete trun',
    'kubectl -n wine patch trun quality --type merge -p {"spec":{}}',
    'kubectl -n wine patch trun quality --type merge -p \'{"status":{}}\'',
    "kubectl -n wine get trun 'quality",
    'kubectl -n wine describe pods -l',
    'kubectl -n wine describe pods -l attempt',
    'kubectl -n wine get trun --everything',
    'rm -rf /',
    '',
  ])('finds what cannot be run: %s', (command) => {
    expect(commandProblems(`Do it: \`${command}\``, world)).not.toEqual([]);
  });

  test('finds a command that does not end', () => {
    expect(commandProblems('Do it: `kubectl get nodes', world)).toHaveLength(1);
  });

  test('reads words as a shell does', () => {
    expect(shellWords(String.raw`a 'b c' "d\"$(date -u +%FT%TZ)" 'e'\''f'`)).toEqual([
      'a',
      'b c',
      'd"2026-11-24T10:00:00Z',
      "e'f",
    ]);
    expect(shellWords('a "$(rm x)"')).toBeUndefined();
    expect(shellWords('a > b')).toBeUndefined();
  });

  test('knows the kinds of crds/ by all of their names', () => {
    const folder = join(repository, 'crds');
    for (const file of readdirSync(folder)) {
      const { names } = (parse(readFileSync(join(folder, file), 'utf8')) as Definition).spec;
      const found = resources.find(({ plural }) => plural === names.plural);
      expect(found?.others).toEqual([names.singular, ...names.shortNames]);
    }
  });
});

describe('What makes commands', () => {
  // Who keeps objects may be kubectl apply.
  const others = /\.test\.ts$|^src\/product\/steering\/keeper\.ts$/;
  const sources = sourcesBelow('src').filter(({ path }) => !others.test(path));
  const saying = (words: RegExp) => sources.filter(({ texts }) => texts.some((text) => words.test(text)));

  test('is one file, so that no words run into a command', () => {
    const makers = saying(/\bkubectl\b(?!\.kubernetes\.io)/).map(({ path }) => path);
    expect(makers.filter((path) => !path.startsWith('src/cli/'))).toEqual(['src/api/command.ts']);
  });

  test('is not the command line, which speaks of itself and of what people know from kubectl', () => {
    const makers = saying(
      /\bkubectl (?:-|annotate|apply(?! -f -)|delete|describe|edit|exec|get|label|logs|patch|port-forward)/,
    );
    expect(makers.map(({ path }) => path)).toEqual([]);
  });
});

interface Definition {
  readonly spec: {
    readonly names: { readonly plural: string; readonly singular: string; readonly shortNames: readonly string[] };
  };
}
