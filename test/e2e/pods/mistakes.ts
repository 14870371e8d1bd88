/** What people ask for that is not there, or cannot be: each is told with the field and whose move it is. */
import type { TrainingRunSpec } from '../../../src/api/types.ts';
import { image, trainingRun } from '../outcomes/objects.ts';
import { named, type Place, summary } from '../outcomes/place.ts';
import { taint } from './node.ts';

type Options = NonNullable<TrainingRunSpec['pod']>;

interface Mistake {
  readonly pod?: Options;
  readonly spec?: Partial<TrainingRunSpec>;
  /** What the message has to have. */
  readonly told: RegExp;
}

const tolerations = [{ key: taint.key, operator: 'Exists' as const }];
const python = (program: string) => ({ command: ['/usr/bin/python3', '-c', program] });
const volume = (source: object) => [{ name: 'wanted', mountPath: '/wanted', ...source }];
const results = { path: '/tmp/found.json', format: 'Metrics' } as const;
const written = (text: string) => python(`open('/tmp/found.json', 'w').write(${JSON.stringify(text)})`);

const mistakes: Readonly<Record<string, Mistake>> = {
  'service-account': { pod: { serviceAccountName: 'nobody' }, told: /ServiceAccount nobody/ },
  'priority-class': { pod: { priorityClassName: 'urgent' }, told: /PriorityClass urgent/ },
  'runtime-class': { pod: { runtimeClassName: 'sealed' }, told: /RuntimeClass sealed/ },
  'node-selector': { pod: { nodeSelector: { 'example.com/pool': 'none' } }, told: /example\.com\/pool.*nodeSelector/ },
  'config-map': { pod: { volumes: volume({ configMap: { name: 'missing' } }) }, told: /missing/ },
  secret: { pod: { volumes: volume({ secret: { secretName: 'missing' } }) }, told: /missing/ },
  claim: { pod: { volumes: volume({ claimName: 'missing' }) }, told: /missing/ },
  driver: { pod: { volumes: volume({ csi: { driver: 'missing.example.com' } }) }, told: /missing\.example\.com/ },
  'env-from': { spec: { envFrom: [{ configMapRef: { name: 'missing' } }] }, told: /missing/ },
  fabric: { spec: { resources: { extended: { 'example.com/none': '1' } } }, told: /example\.com\/none/ },
  'init-container-fails': {
    pod: { initContainers: [{ name: 'prepare', image, ...python('raise SystemExit("no such bucket")') }] },
    told: /prepare.*no such bucket/,
  },
  'sidecar-fails': {
    pod: { sidecars: [{ name: 'proxy', image, ...python('raise SystemExit("no route")') }] },
    spec: python('import time; time.sleep(600)'),
    told: /proxy/,
  },
  'shared-memory': {
    pod: { sharedMemory: '64Mi' },
    spec: {
      resources: { memory: '64Mi' },
      ...python('open("/dev/shm/all", "wb").write(bytes(60 << 20)); x = bytes(40 << 20)'),
    },
    told: /memory/,
  },
  timeout: { spec: { timeout: '1m', ...python('import time; time.sleep(600)') }, told: /timeout/ },
  'results-missing': {
    spec: { results, gate: [{ metric: 'f1', min: 0.5 }], ...python('pass') },
    told: /spec\.results/,
  },
  'results-no-json': { spec: { results, ...written('accuracy: 0.9') }, told: /JSON/ },
  'results-nan': { spec: { results, gate: [{ metric: 'f1', min: 0.5 }], ...written('{"f1": NaN}') }, told: /f1/ },
  'results-too-large': {
    spec: { results, ...python(`open('/tmp/found.json', 'w').write('{"a": "' + 5000 * 'a' + '"}')`) },
    told: /4,?096|bytes/,
  },
};

/** All at once, each in a run of its own. */
export async function mistaken(place: Place): Promise<void> {
  await place.apply(
    ...Object.entries(mistakes).map(([name, { pod, spec }]) =>
      trainingRun(name, 1, { ...spec, pod: { ...pod, tolerations } }),
    ),
  );
  await Promise.all(
    Object.entries(mistakes).map(async ([name, { told }]) => {
      const says = () => summary(named(place.sight.runs, name));
      const isTold = await place.until(name, () => told.test(says()?.message ?? '')).catch(() => false);
      place.expect(`${name} is told`, isTold, `${says()?.reason}: ${says()?.message}`);
    }),
  );
}
