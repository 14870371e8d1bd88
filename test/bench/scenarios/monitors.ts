/** Many Monitors of models that serve well: how evenly are they evaluated, what do they cost, and does memory grow? */
import type { IModelDeployment, IMonitor } from '../../../src/api/types.ts';
import type { RunKey } from '../driver.ts';
import { driverConnections } from '../driver.ts';
import { exported } from '../exported.ts';
import type { Measured } from '../figures.ts';
import { atWidth, pause } from '../pace.ts';
import type { Contending } from '../program.ts';
import { type Prometheus, startPrometheus } from '../prometheus.ts';
import { percentile, slope } from '../statistics.ts';
import { type Turn, runKeys } from '../turn.ts';

export interface MonitorsSize {
  readonly monitors: number;
  readonly intervalSeconds: number;
  readonly minutes: number;
}

const flyball = '/apis/flyball.dev/v1alpha1';
const deploymentsPath = '/apis/apps/v1/deployments';

/** How often memory is read. */
const sampleSeconds = 5;

/** Of so many samples the lowest counts, in which garbage weighs least. */
const samplesPerFloor = 6;

/** In less, what grows cannot be told from what has not been collected yet. */
const fewestMinutes = 10;

export async function monitors(turn: Turn, size: MonitorsSize): Promise<Measured> {
  const prometheus = await startPrometheus();
  try {
    const program = turn.start(0, { FLYBALL_PROMETHEUS_URL: prometheus.url });
    const keys = runKeys('serve', size.monitors);
    await serve(turn, keys);
    await watch(turn, keys, size);
    return await measure(turn, program, prometheus, size);
  } finally {
    await prometheus.stop();
  }
}

/** ModelDeployments that serve, whose pods nobody has to run: what the Deployment controller would say is written for it. */
export async function serve(turn: Turn, keys: readonly RunKey[]): Promise<void> {
  const { driver } = turn.cluster;
  await atWidth(keys.length, driverConnections, async (index) => {
    const made = modelDeployment(keys[index] ?? { namespace: '', name: '' });
    await driver.write('POST', pathOf(made.metadata, 'modeldeployments'), made);
  });
  const ready = new Set<string>();
  await turn.until(async () => {
    const unready = (await driver.all<Deployment>(deploymentsPath)).filter(({ metadata }) => !ready.has(metadata.name));
    await atWidth(unready.length, driverConnections, async (index) => {
      const { metadata: { namespace = '', name = '', generation = 1 } = {} } = unready[index] ?? {};
      const status = { observedGeneration: generation, replicas: 1, updatedReplicas: 1, readyReplicas: 1 };
      const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}/status`;
      await driver.write('PATCH', path, { status: { ...status, availableReplicas: 1 } });
      ready.add(name);
    });
    return keys.length - ready.size;
  }, 'the Deployments');
  await turn.until(async () => {
    await pause(1_000);
    const all = await driver.all<IModelDeployment>(`${flyball}/modeldeployments`);
    return all.filter(({ status }) => status?.stable === undefined).length;
  }, 'the revisions to be stable');
}

interface Deployment {
  readonly metadata: { readonly namespace: string; readonly name: string; readonly generation?: number };
}

/** A Monitor for each, whose checks pass before anything is measured. */
async function watch(turn: Turn, keys: readonly RunKey[], { intervalSeconds }: MonitorsSize): Promise<void> {
  const { driver } = turn.cluster;
  await atWidth(keys.length, driverConnections, async (index) => {
    const made = monitor(keys[index] ?? { namespace: '', name: '' }, intervalSeconds);
    await driver.write('POST', pathOf(made.metadata, 'monitors'), made);
  });
  await turn.until(async () => {
    await pause(1_000);
    const all = await driver.all<IMonitor>(`${flyball}/monitors`);
    return all.filter((one) => !passes(one)).length;
  }, 'the checks to pass');
}

function passes({ status }: IMonitor): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === 'ChecksPassed' && is === 'True') === true;
}

/** A point in time of the operator's memory, in minutes and MiB. */
interface Sample {
  readonly minute: number;
  readonly heap: number;
  readonly resident: number;
}

async function measure(turn: Turn, program: Contending, prometheus: Prometheus, size: MonitorsSize): Promise<Measured> {
  const { ledger } = turn.cluster;
  ledger.read();
  const before = { requests: ledger.requests.length, cpu: program.cpuSeconds() };
  prometheus.forget();
  const samples: Sample[] = [];
  const began = performance.now();
  const minute = (): number => (performance.now() - began) / 60_000;
  while (minute() < size.minutes) {
    await pause(sampleSeconds * 1000);
    const metric = await exported(turn.cluster);
    const heap = (metric?.('nodejs_heap_size_used_bytes') ?? NaN) / 2 ** 20;
    samples.push({ minute: minute(), heap, resident: program.residentMiB() });
  }
  const cpu = program.cpuSeconds() - before.cpu;
  ledger.read();
  const requests = ledger.requests.slice(before.requests).filter(({ resource, verb }) => {
    return resource !== 'leases' && verb !== 'watch';
  });
  const monitorHours = (size.monitors * minute()) / 60;
  const deviations = [...prometheus.asked.values()].flatMap((times) =>
    deviationsOf(times, size.intervalSeconds * 1000),
  );
  const later = samples.filter((sample) => sample.minute > size.minutes / 2);
  return {
    monitorJitter: percentile(deviations, 0.99) / 1000,
    monitorJitterMax: Math.max(...deviations) / 1000,
    monitorRequests: requests.length / monitorHours,
    monitorCpu: cpu / minute(),
    monitorHeap: Math.min(...later.map(({ heap }) => heap)),
    monitorMemory: Math.max(...later.map(({ resident }) => resident)),
    ...(size.minutes >= fewestMinutes && {
      monitorHeapSlope: slope(floors(later, ({ heap }) => heap)),
      monitorMemorySlope: slope(floors(later, ({ resident }) => resident)),
    }),
  };
}

/** By how many milliseconds the times between evaluations differ from the interval. What is asked together is one evaluation. */
export function deviationsOf(times: readonly number[], interval: number): readonly number[] {
  const evaluations: number[] = [];
  for (const time of times.toSorted((one, other) => one - other)) {
    if (time - (evaluations.at(-1) ?? -Infinity) > interval / 2) evaluations.push(time);
  }
  return evaluations.slice(1).map((time, index) => Math.abs(time - (evaluations[index] ?? NaN) - interval));
}

/** The lowest of each few samples, with the time in hours. */
function floors(samples: readonly Sample[], of: (sample: Sample) => number): readonly { x: number; y: number }[] {
  const groups = Array.from({ length: Math.ceil(samples.length / samplesPerFloor) }, (_, index) =>
    samples.slice(index * samplesPerFloor, (index + 1) * samplesPerFloor),
  );
  return groups.map((group) => ({ x: (group[0]?.minute ?? NaN) / 60, y: Math.min(...group.map(of)) }));
}

export function pathOf(metadata: { readonly namespace?: string } | undefined, plural: string): string {
  return `${flyball}/namespaces/${metadata?.namespace}/${plural}`;
}

function modelDeployment(metadata: RunKey): IModelDeployment {
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { ...metadata },
    spec: {
      model: { uri: `pvc://models/${metadata.name}`, digest: `sha256:${'0'.repeat(64)}` },
      server: { image: 'registry.example.com/fraud/serve:1', port: 8080, protocol: 'OpenInference' },
      observe: {},
    },
  };
}

/** Three questions each time: the share of errors, the latency, and how many requests both rest on. */
export function monitor(metadata: RunKey, intervalSeconds: number): IMonitor {
  const window = `${intervalSeconds}s`;
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'Monitor',
    metadata: { ...metadata },
    spec: {
      modelDeploymentRef: { name: metadata.name },
      interval: window,
      checks: [
        { name: 'errors', errors: {}, window, max: 0.01 },
        { name: 'latency', latency: { quantile: 0.99 }, window, max: 0.5 },
      ],
    },
  };
}
