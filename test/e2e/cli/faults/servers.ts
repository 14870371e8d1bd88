/** Servers that do not come to serve, or not any more. */
import { applied, type Faults } from '../fault.ts';
import { claim, patched, python, reporting, run, serve, server, serving } from './objects.ts';

const deployment = 'modeldeployment fraud';
const before = [claim];
const good = patched({ server: python(serving) }, deployment);

export const serverFaults: Faults = {
  'server-listens-elsewhere': {
    title: 'The server listens on another port',
    about: 'mdep/fraud',
    before,
    objects: [serve({ server: server({ env: [{ name: 'LISTEN', value: '8081' }] }) })],
    shows: [/startupProbe/],
    expect: {
      cause: [/8080/, /connection refused/],
      actor: 'Author',
      fix: patched({ server: { port: 8081 } }, deployment),
    },
    works: /Ready=True/,
  },
  'server-never-ready': {
    title: 'The server says that it is not ready',
    about: 'mdep/fraud',
    before,
    objects: [serve({ server: server({ env: [{ name: 'READY', value: '503' }] }) })],
    shows: [/startupProbe/],
    expect: { cause: [/503/], actor: 'Author', fix: patched({ server: { env: null } }, deployment) },
  },
  'server-crashes': {
    title: 'The server crashes when it starts',
    about: 'mdep/fraud',
    before,
    objects: [serve({ server: server(python("open('/flyball/model/model.pickle', 'rb')")) })],
    shows: [/Crash|crash|exit code 1/],
    expect: {
      cause: [/exit code 1/, /No such file or directory: '\/flyball\/model\/model\.pickle'/],
      actor: 'Author',
      fix: good,
    },
    works: /Ready=True/,
  },
  'server-out-of-memory': {
    title: 'The model does not fit into the server’s memory',
    about: 'mdep/fraud',
    before,
    objects: [
      serve({
        server: server({ ...python(`weights = bytearray(200 << 20)\n${serving}`), resources: { memory: '64Mi' } }),
      }),
    ],
    shows: [/OutOfMemory|OOMKilled/],
    expect: {
      cause: [/OOMKilled/, /64Mi/, /spec\.server\.resources\.memory/],
      actor: 'Author',
      fix: patched({ server: { resources: { memory: '512Mi' } } }, deployment),
    },
  },
  'service-taken': {
    title: 'A Service of that name is somebody else’s',
    about: 'mdep/fraud',
    before: [
      claim,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'fraud' },
        spec: { selector: { app: 'fraud-web' }, ports: [{ port: 80 }] },
      },
    ],
    objects: [serve()],
    shows: [/NameConflict/],
    expect: { cause: [/Service fraud/], actor: 'Author', fix: 'kubectl delete service fraud' },
    works: /Ready=True/,
  },
  'version-missing': {
    title: 'The version that shall be served does not exist',
    about: 'mdep/fraud',
    objects: [serve({ model: { versionRef: { name: 'fraud-7' } } })],
    shows: [/VersionNotFound/],
    expect: {
      cause: [/fraud-7/, /not exist|no ModelVersion|not found/],
      actor: 'Author',
      fix: `${applied(claim)}\n${patched({ model: { versionRef: null, uri: 'pvc://models/fraud' } }, deployment)}`,
    },
  },
  'training-run-missing': {
    title: 'The run whose versions shall be served does not exist',
    about: 'mdep/fraud',
    objects: [serve({ model: { trainingRunRef: { name: 'frod' } } })],
    shows: [/TrainingRunNotFound/],
    expect: {
      cause: [/frod/, /not exist|no TrainingRun|not found/],
      actor: 'Author',
      fix: patched({ model: { trainingRunRef: { name: 'fraud' } } }, deployment),
    },
  },
  'training-run-without-version': {
    title: 'The run whose versions shall be served has none, since its gate failed',
    about: 'mdep/fraud',
    before: [claim],
    objects: [
      run({
        ...python(reporting('{"f1": 0.62}')),
        output: { uri: 'pvc://models/fraud' },
        gate: [{ metric: 'f1', min: 0.8 }],
      }),
      serve({ model: { trainingRunRef: { name: 'fraud' } } }),
    ],
    afterwards: async (place) => {
      await place.until('a verdict', ({ runs }) => runs[0]?.status?.attempts?.[0]?.verdict !== undefined);
    },
    shows: [/NoVersion/],
    expect: { cause: [/fraud/, /0\.62/, /0\.8/], actor: 'Author', fix: patched(python(reporting('{"f1": 0.95}'))) },
    works: /Ready=True/,
  },
  'version-without-model': {
    title: 'The version has no model, since its run has no output',
    about: 'mdep/fraud',
    objects: [run(), serve({ model: { trainingRunRef: { name: 'fraud' } } })],
    shows: [/VersionWithoutModel|NoVersion/],
    afterwards: async (place) => {
      await place.until('a version', ({ versions }) => versions.length > 0);
    },
    expect: {
      cause: [/fraud-1/, /output/],
      actor: 'Author',
      fix: `${applied(claim)}\n${patched({ output: { uri: 'pvc://models/fraud' } })}`,
    },
  },
  'scaled-to-zero': {
    title: 'Somebody scaled the server to nothing',
    about: 'mdep/fraud',
    before,
    objects: [serve({ replicas: 0 })],
    shows: [/ScaledToZero/],
    expect: { cause: [/replicas/, /0/], actor: 'Author', fix: 'kubectl scale modeldeployment fraud --replicas 1' },
    works: /Ready=True/,
  },
};
