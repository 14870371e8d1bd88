/** What the people of these faults apply: small trainings and servers, called fraud. */
import { apiVersion } from '../../../../src/api/labels.ts';
import type { ModelDeploymentSpec, MonitorSpec, TrainingRunSpec } from '../../../../src/api/types.ts';
import { image, pod } from '../../outcomes/objects.ts';

export { image };

/** What a container runs. */
export function python(source: string): { command: string[] } {
  return { command: ['/usr/bin/python3', '-c', source] };
}

/** Writes the results document. */
export const reporting = (metrics: string) =>
  `import os; open(os.environ['FLYBALL_RESULTS'], 'w').write('{"metrics": ${metrics}}')`;

export const forEver = 'import time; time.sleep(86400)';

/** A run that works, but for what is given. */
export function run(spec: Partial<TrainingRunSpec> = {}, name = 'fraud'): object {
  const base = { image, ...python(reporting('{"f1": 0.95}')), retry: { limit: 0 } };
  return { apiVersion, kind: 'TrainingRun', metadata: { name }, spec: { ...base, ...spec } };
}

/** The line that edits an object's spec. */
export function patched(spec: object, object = 'trainingrun fraud'): string {
  const patch = JSON.stringify({ spec }).replaceAll("'", String.raw`'\''`);
  return `kubectl patch ${object} --type merge --patch '${patch}'`;
}

/** Answers probes and predictions of the Open Inference Protocol. The names LATE, CODE and READY change how. */
export const serving = `
import http.server, os, time
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self): self.end(int(os.environ.get("READY", 200)))
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(float(os.environ.get("LATE", 0)))
        self.end(int(os.environ.get("CODE", 200)))
    def end(self, code):
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "15")
        self.end_headers()
        self.wfile.write(b'{"outputs": []}')
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("", int(os.environ.get("LISTEN", 8080))), Handler).serve_forever()
`.trim();

export const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'models' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

type ServerSpec = ModelDeploymentSpec['server'];

export function server(fields: Partial<ServerSpec> = {}): ServerSpec {
  return { image, ...python(serving), port: 8080, protocol: 'OpenInference', ...fields };
}

/** What lies in a folder of the claim; these servers read nothing of it. */
export function model(number: number): ModelDeploymentSpec['model'] {
  return { uri: `pvc://models/fraud-${number}`, digest: `sha256:${String(number).repeat(64)}` };
}

/** A server that works, but for what is given. */
export function serve(spec: Partial<ModelDeploymentSpec> = {}, name = 'fraud'): object {
  const base = { model: model(1), server: server(), replicas: 1, observe: {} };
  return { apiVersion, kind: 'ModelDeployment', metadata: { name }, spec: { ...base, ...spec } };
}

export function monitor(checks: MonitorSpec['checks'], spec: Partial<MonitorSpec> = {}, name = 'fraud'): object {
  const base = { modelDeploymentRef: { name: 'fraud' }, interval: '5s', checks };
  return { apiVersion, kind: 'Monitor', metadata: { name }, spec: { ...base, ...spec } };
}

/** What else the pods of a run have. */
export const volume = (source: object) => ({
  volumes: [{ name: 'wanted', mountPath: '/wanted', ...source }],
});

/** Asks a model ten times a second. */
export function asker(name: string): object {
  return pod(
    'asker',
    python(`
import time, urllib.request
url = "http://${name}/v2/models/${name}/infer"
while True:
    try:
        urllib.request.urlopen(urllib.request.Request(url, b"{}", {"Content-Type": "application/json"}), timeout=5).read()
    except OSError:
        pass
    time.sleep(0.1)`),
  );
}
