/** A small product whose loop is turned by hand, with `kubectl flyball` alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { apiVersion } from '../../../src/api/labels.ts';
import { named, Place, summary } from '../outcomes/place.ts';
import { asker, claim, image, python, server } from './faults/objects.ts';
import type { Round } from './live.ts';
import { Person, transcript, type Typed } from './person.ts';

const name = 'churn';
const namespace = 'product';
const trains = `
import hashlib, json, os, pathlib, time
f1 = os.environ["FLYBALL_PARAMETER_F1"]
print("training towards", f1, flush=True)
time.sleep(5)
model = json.dumps({"f1": f1}).encode()
pathlib.Path(os.environ["FLYBALL_OUTPUT"], "model.json").write_bytes(model)
results = {"metrics": {"f1": float(f1)}, "model": {"digest": "sha256:" + hashlib.sha256(model).hexdigest()}}
pathlib.Path(os.environ["FLYBALL_RESULTS"]).write_text(json.dumps(results))
print("done", flush=True)`;

const run = {
  apiVersion,
  kind: 'TrainingRun',
  metadata: { name },
  spec: {
    image,
    ...python(trains),
    parameters: { f1: '0.91' },
    output: { uri: `pvc://models/${name}` },
    gate: [{ metric: 'f1', min: 0.8 }],
  },
};
const deployment = {
  apiVersion,
  kind: 'ModelDeployment',
  metadata: { name },
  spec: {
    model: { trainingRunRef: { name } },
    server: server(),
    replicas: 2,
    observe: {},
    rollout: { minReady: '5s', steps: [{ weight: 50, hold: '10s' }] },
  },
};
const monitor = {
  apiVersion,
  kind: 'Monitor',
  metadata: { name },
  spec: {
    modelDeploymentRef: { name },
    interval: '5s',
    checks: [{ name: 'errors', errors: {}, max: 0.05, window: '1m', minSamples: 10 }],
  },
};

/** What is typed, what it has to say, and how it ends: 0 unless it is told. */
type Line = readonly [line: string, says: readonly RegExp[], exitCode?: number];

const misspelt = stringify({ ...run, spec: { ...run.spec, gate: [{ metric: 'f1', minimum: 0.8 }] } });

const whileItServes: readonly Line[] = [
  ['kubectl flyball get', [/churn/, /churn-1/]],
  [`kubectl flyball get mdep ${name}`, [/churn-1/, /revision/i]],
  [`kubectl flyball get trun ${name} --output json`, [/"churn-1"/]],
  [`kubectl flyball why mdep ${name}`, [/serves/]],
  [`kubectl flyball why trun ${name}`, [/churn-1/, /registered/]],
  [`kubectl flyball logs trun ${name}`, [/training towards 0\.91/, /done/]],
  [`kubectl flyball ask ${name}`, [/outputs/]],
  [`kubectl get trun ${name} --output yaml > run.yaml; kubectl flyball lint run.yaml`, []],
  [`kubectl flyball lint - <<'END'\n${misspelt}END`, [/minimum/], 1],
];

const whileItIsPaused: readonly Line[] = [
  [`kubectl flyball get mdep ${name}`, [/churn-2/]],
  [`kubectl flyball why mdep ${name}`, [/paused/i]],
  [`kubectl flyball promote ${name} --wait --timeout 3m`, [/./]],
];

const afterTwo: readonly Line[] = [
  [`kubectl flyball logs trun ${name} --attempt all`, [/towards 0\.91/, /towards 0\.93/]],
  [`kubectl flyball rollback ${name} --wait --timeout 3m`, [/./]],
  [`kubectl flyball why mdep ${name}`, [/churn-1/]],
  [`kubectl flyball suspend ${name}`, [/suspend/]],
  [`kubectl flyball why trun ${name}`, [/suspend/i]],
  [`kubectl flyball resume trun/${name}`, [/suspend/]],
  [`kubectl flyball rerun ${name} --wait --timeout 3m`, [/churn-3/]],
  [`kubectl flyball artifacts ${name}`, [/churn-1/, /churn-2/]],
];

/** What is typed at first and looked at in the end. */
const onlookers: readonly Line[] = [
  [`kubectl flyball get mdep ${name} --watch`, [/churn-1/, /churn-2/]],
  [`kubectl flyball logs --follow trun ${name}`, [/training towards 0\.91/, /done/]],
];

export async function playProduct({ cluster, observations, report, keep }: Round): Promise<void> {
  const place = new Place('A product', namespace, cluster, observations, report);
  const person = await Person.at(cluster, namespace);
  const typed: Typed[] = [];
  const types = async (...lines: readonly Line[]) => {
    for (const line of lines) typed.push(await expectLine(place, person, line));
  };
  await place.make();
  try {
    const manifest = [claim, run, deployment, monitor, asker(name)].map((one) => stringify(one)).join('---\n');
    await types([`kubectl apply --filename - <<'END'\n${manifest}END`, [/trainingrun/]]);
    const watching = onlookers.map(([line]) => ({ line, running: person.starts(line) }));
    await serving(place, `${name}-1`);
    await types(...whileItServes, [`kubectl flyball pause ${name}`, [/paused/]]);
    const patch = JSON.stringify({ spec: { parameters: { f1: '0.93' } } });
    await types([`kubectl patch trainingrun ${name} --type merge --patch '${patch}'`, [/patched/]]);
    await place.until('a version that waits', ({ deployments }) => {
      const said = summary(named(deployments, name));
      return said?.reason === 'Paused';
    });
    await types(...whileItIsPaused);
    await serving(place, `${name}-2`);
    await types(...afterTwo);
    for (const { line, running } of watching) {
      const exitCode = await running.stop();
      typed.push({ line, ...running.output(), exitCode, seconds: 0 });
    }
    expectOnlookers(place, typed);
  } catch (error) {
    place.expect('it came to its end', false, error instanceof Error ? error.message : String(error));
  } finally {
    keep('product', typed.map(transcript).join('\n'));
    person.leaves();
  }
}

/** Who looked on all the time saw what came. */
function expectOnlookers(place: Place, typed: readonly Typed[]): void {
  for (const [line, wanted] of onlookers) {
    const { out = '' } = typed.findLast((one) => one.line === line) ?? {};
    const missing = wanted.filter((pattern) => !pattern.test(out));
    place.expect(line, missing.length === 0, missing.length === 0 ? '' : `${missing.join(', ')} not in it`);
  }
}

async function serving(place: Place, version: string): Promise<void> {
  await place.until(`${version} alone serves`, ({ deployments }) => {
    const seen = named(deployments, name);
    const isAlone = seen?.status?.candidate === undefined && seen?.status?.stable?.version === version;
    return isAlone && summary(seen)?.status === 'True';
  });
  await sleep(2000);
}

async function expectLine(place: Place, person: Person, [line, says, exitCode = 0]: Line): Promise<Typed> {
  const typed = await person.types(line);
  const missing = says.filter((pattern) => !pattern.test(`${typed.out}${typed.err}`));
  const isRight = missing.length === 0 && typed.exitCode === exitCode;
  const told = `${missing.join(', ')} not in what it printed, exit code ${typed.exitCode}:\n${transcript(typed)}`;
  place.expect(line.split('\n')[0] ?? '', isRight, isRight ? `${typed.seconds.toFixed(1)} s` : told);
  return typed;
}
