/**
 * A real etcd and kube-apiserver for tests, on free ports of the loopback interface, with our CRDs installed. Nodes and
 * kubelets there are none; controllers only if asked for.
 */
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditPolicy } from '../../hack/cluster/audit.ts';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { apiServerFlags, controllerManagerFlags, etcdFlags, type FileOf } from './flags.ts';
import { freePorts } from './ports.ts';
import { eventually, startProgram, tailOf } from './program.ts';
import type { Program } from './program.ts';

/** Who asks. `admin` may do everything; the others have the rights that a test gives them by RBAC. */
const users = {
  admin: { user: 'admin', groups: ['system:masters'] },
  operator: {
    user: 'system:serviceaccount:flyball-system:flyball',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:flyball-system'],
  },
  author: { user: 'author', groups: [] },
  /** As kube-controller-manager calls itself; its controllers work as a ServiceAccount each. */
  controllers: { user: 'system:kube-controller-manager', groups: [] },
} as const;

export type User = keyof typeof users;

export interface EnvironmentOptions {
  /** Controllers of kube-controller-manager to run, such as `job-controller`. None by default. */
  readonly controllers?: readonly string[];
  /** More flags of kube-apiserver. */
  readonly apiServerFlags?: readonly string[];
}

export interface Answer {
  readonly status: number;
  /** The parsed JSON of the body, or its text if it is not JSON. */
  readonly body: unknown;
  readonly warnings: readonly string[];
}

export interface RequestOptions {
  readonly user?: User;
  /** Whom the user impersonates, by user name. */
  readonly as?: string;
  readonly body?: unknown;
  /** `application/json` by default. */
  readonly contentType?: string;
}

export interface Environment {
  /** Where the files of this environment are; it disappears when the environment stops. */
  readonly directory: string;
  readonly url: string;
  /** The certificates that the API server's own one is verified by, as PEM. */
  readonly ca: string;
  readonly tokens: Readonly<Record<User, string>>;
  /** The path of the administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** The path of kubectl. */
  readonly kubectl: string;
  /** The path of the audit log: one JSON object a line, without bodies. */
  readonly auditLog: string;
  readonly etcdUrl: string;
  /** The process of kube-apiserver that runs now. */
  apiServerPid(): number;
  /** One request of the API server, as the administrator unless said otherwise. */
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Ends kube-apiserver, by SIGKILL if asked to, and starts it again at the same URL; resolves when it is ready. */
  restartApiServer(options?: { readonly kill?: boolean }): Promise<void>;
  /** Removes all history from etcd: a watch that resumes at an older version is refused once the API server has restarted. */
  compact(): Promise<void>;
  /** Ends etcd, copies its data and starts it again; returns where the copy is. */
  backUp(): Promise<string>;
  /** Brings all data back to what it was at a backup, whose versions are older; the API server starts anew. */
  restore(backup: string): Promise<void>;
  /** Ends all that was started and removes its files. */
  stop(): Promise<void>;
}

/** Starts the environment; missing programs are built first, which takes minutes the first time. */
export async function startEnvironment(options: EnvironmentOptions = {}): Promise<Environment> {
  const programs = await ensureBinaries(['etcd', 'kube-apiserver', 'kubectl']);
  const directory = mkdtempSync(join(tmpdir(), 'flyball-test-'));
  const [etcdPort, peerPort, port = 0] = await freePorts(3);
  const etcdUrl = `http://127.0.0.1:${etcdPort}`;
  const facts = { etcdUrl, etcdPeerUrl: `http://127.0.0.1:${peerPort}`, port };
  const file = (name: string): string => join(directory, name);
  const tokens = {
    admin: 'admin-token',
    operator: 'operator-token',
    author: 'author-token',
    controllers: 'controllers-token',
  };
  writeInputs(file, tokens);

  const running = new Map<string, Program>();
  const start = (path: string, args: readonly string[]): Program => {
    const program = startProgram(path, args, file(`${path.slice(path.lastIndexOf('/') + 1)}.log`));
    running.set(program.name, program);
    return program;
  };
  const startApiServer = async (): Promise<void> => {
    const flags = apiServerFlags(facts, file, options.apiServerFlags ?? []);
    start(programs['kube-apiserver'], flags);
    const ready = await eventually(() => isReady(port, file('pki/apiserver.crt')), { limitMs: 60_000 });
    if (!ready) throw new Error(`kube-apiserver does not become ready:\n${tailOf(file('kube-apiserver.log'))}`);
  };
  const stop = async (): Promise<void> => {
    // etcd last: without it kube-apiserver would hang for minutes.
    for (const name of ['kube-controller-manager', 'kube-apiserver', 'etcd']) await running.get(name)?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  const startEtcd = (): Program => start(programs.etcd, etcdFlags(facts, file));
  let backups = 0;
  try {
    startEtcd();
    await startApiServer();
    const ca = readFileSync(file('pki/apiserver.crt'), 'utf8');
    const url = `https://127.0.0.1:${port}`;
    writeFileSync(file('kubeconfig'), kubeconfig(url, ca, tokens.admin));
    writeFileSync(file('controllers.kubeconfig'), kubeconfig(url, ca, tokens.controllers));
    const request = requester(url, ca, tokens);
    await installCustomResources({ request });
    const startControllers = async (): Promise<void> => {
      if (options.controllers === undefined) return;
      const { 'kube-controller-manager': path } = await ensureBinaries(['kube-controller-manager']);
      start(path, controllerManagerFlags(file, options.controllers));
    };
    await startControllers();
    return {
      directory,
      url,
      ca,
      tokens,
      kubeconfig: file('kubeconfig'),
      kubectl: programs.kubectl,
      auditLog: file('audit.log'),
      etcdUrl,
      apiServerPid: () => running.get('kube-apiserver')?.pid ?? NaN,
      request,
      restartApiServer: async ({ kill = false } = {}) => {
        const old = running.get('kube-apiserver');
        await (kill ? old?.kill() : old?.stop());
        // By itself it would try again only after up to half a minute.
        await running.get('kube-controller-manager')?.kill();
        await startApiServer();
        await startControllers();
      },
      compact: () => compact(etcdUrl),
      backUp: async () => {
        const backup = file(`backup-${(backups += 1)}`);
        await running.get('etcd')?.stop();
        cpSync(file('etcd'), backup, { recursive: true });
        startEtcd();
        const ready = await eventually(() => isReady(port, file('pki/apiserver.crt')), { limitMs: 60_000 });
        if (!ready) throw new Error('kube-apiserver does not find etcd again');
        return backup;
      },
      restore: async (backup) => {
        for (const name of ['kube-controller-manager', 'kube-apiserver', 'etcd']) await running.get(name)?.kill();
        rmSync(file('etcd'), { recursive: true });
        cpSync(backup, file('etcd'), { recursive: true });
        startEtcd();
        await startApiServer();
        await startControllers();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function writeInputs(file: FileOf, tokens: Readonly<Record<User, string>>): void {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writeFileSync(file('service-account.key'), privateKey);
  writeFileSync(file('audit-policy.json'), JSON.stringify(auditPolicy));
  const lines = (Object.keys(users) as User[]).map(
    (name) => `${tokens[name]},${users[name].user},${name},"${users[name].groups.join(',')}"`,
  );
  writeFileSync(file('tokens.csv'), `${lines.join('\n')}\n`);
}

function kubeconfig(url: string, ca: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test',
        cluster: { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
      },
    ],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin', namespace: 'default' } }],
    'current-context': 'test',
  });
}

async function isReady(port: number, certificate: string): Promise<boolean> {
  try {
    const request = requester(`https://127.0.0.1:${port}`, readFileSync(certificate, 'utf8'), { admin: 'admin-token' });
    return (await request('GET', '/readyz')).status === 200;
  } catch {
    return false;
  }
}

function requester(url: string, ca: string, tokens: Readonly<Partial<Record<User, string>>>): Environment['request'] {
  const agent = new Agent({ ca, keepAlive: false });
  return (method, path, { user = 'admin', as, body, contentType = 'application/json' } = {}) =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${tokens[user]}`,
        'content-type': contentType,
        ...(as !== undefined && { 'impersonate-user': as }),
      };
      const call = httpsRequest(`${url}${path}`, { method, agent, headers, timeout: 30_000 }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          const warnings = [response.headers['warning'] ?? []].flat() as readonly string[];
          const json = response.headers['content-type']?.includes('json') === true;
          resolve({ status: response.statusCode ?? 0, body: json ? JSON.parse(text) : text, warnings });
        });
      });
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer within 30 s`)));
      call.on('error', reject);
      call.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    });
}

/** Installs our CRDs, or those of them that are missing, and waits until they are served. */
export async function installCustomResources({ request }: Pick<Environment, 'request'>): Promise<void> {
  const directory = join(import.meta.dirname, '..', '..', 'crds');
  const files = readdirSync(directory).filter((name) => name.endsWith('.yaml'));
  for (const name of files) {
    const plural = name.replace('.yaml', '');
    const answer = await request(
      'PATCH',
      `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.flyball.dev?fieldManager=test&fieldValidation=Strict`,
      { body: readFileSync(join(directory, name), 'utf8'), contentType: 'application/apply-patch+yaml' },
    );
    if (answer.status >= 300) throw new Error(`crds/${name} is refused: ${JSON.stringify(answer.body, null, 2)}`);
  }
  const served = async (): Promise<boolean> => {
    const paths = files.map((name) => `/apis/flyball.dev/v1alpha1/${name.replace('.yaml', '')}`);
    const answers = await Promise.all(paths.map((path) => request('GET', path)));
    return answers.every(({ status }) => status === 200);
  };
  if (!(await eventually(served, { limitMs: 30_000 }))) throw new Error('the CRDs are installed but not served');
}

async function compact(etcdUrl: string): Promise<void> {
  const call = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${etcdUrl}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`etcd ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const { header } = (await call('/v3/kv/range', { key: Buffer.from('/').toString('base64') })) as {
    readonly header: { readonly revision: string };
  };
  await call('/v3/kv/compaction', { revision: header.revision, physical: true });
}
