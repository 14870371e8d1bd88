/** Argo CD on this machine: its own controller, repo-server and API server, as programs beside the cluster. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { run, waitFor } from '../../../hack/cluster/command.ts';
import { ensurePackages } from '../../../hack/cluster/packages.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { freePorts } from '../../integration/ports.ts';
import { type Program, startProgram } from '../../integration/program.ts';
import { listening } from '../../stores/store.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const namespace = 'argocd';

type Role = 'argocd-repo-server' | 'argocd-application-controller' | 'argocd-server';

export class ArgoCD {
  readonly kubectl: Kubectl;
  /** A folder that goes when Argo CD stops. */
  readonly folder = mkdtempSync(join(tmpdir(), 'flyball-argocd-'));
  readonly cluster: Cluster;
  readonly #programs: Program[] = [];
  #argocd = '';
  #server = '';

  constructor(cluster: Cluster) {
    this.cluster = cluster;
    this.kubectl = new Kubectl(cluster);
  }

  /** Installs what Argo CD has in the cluster, with what argocd/ teaches it, and starts its programs. */
  async start(): Promise<void> {
    await ensurePackages([{ name: 'redis-server', file: 'redis-server' }]);
    this.#argocd = (await ensureBinaries(['argocd'])).argocd;
    await this.#install();
    const ports = (await freePorts(6)).map(String);
    const [redis = '', repository = '', server = '', ...metrics] = ports;
    const of = (port = '') => `127.0.0.1:${port}`;
    await this.#listening('redis-server', ['--port', redis, '--bind', '127.0.0.1', '--save', ''], of(redis));
    const measured = (port = '') => ['--metrics-port', port, '--metrics-address', '127.0.0.1'];
    const repositories = ['--redis', of(redis), '--disable-tls', '--client-ca-path', '', '--port', repository];
    repositories.push('--address', '127.0.0.1', '--revision-cache-expiration', '2s', ...measured(metrics[0]));
    await this.#role('argocd-repo-server', of(repository), repositories);
    const shared = ['--redis', of(redis), '--repo-server', of(repository), '--repo-server-plaintext'];
    shared.push('--namespace', namespace);
    const controls = ['--metrics-port', metrics[1] ?? '', '--persist-resource-health'];
    // It looks every two minutes otherwise, and some time later.
    controls.push('--app-resync', '10', '--app-resync-jitter', '0');
    await this.#role('argocd-application-controller', of(metrics[1]), [...shared, ...controls]);
    this.#server = of(server);
    const serves = ['--insecure', '--disable-auth', '--address', '127.0.0.1', '--port', server];
    await this.#role('argocd-server', this.#server, [...shared, ...serves, ...measured(metrics[2])]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs an action on the object of a kind as a person does, by Argo CD's API. */
  async act(application: string, kind: string, action: string): Promise<void> {
    const where = ['--server', this.#server, '--plaintext', '--config', join(this.folder, 'config')];
    const what = ['app', 'actions', 'run', application, action, '--kind', kind, '--group', 'flyball.dev'];
    await run(this.#argocd, [...what, ...where]);
  }

  async #install(): Promise<void> {
    const module = await argocdModule();
    const folder = join(this.folder, 'install');
    mkdirSync(folder);
    for (const [from, to] of [
      [join(module, 'manifests', 'crds'), 'crds'],
      [join(module, 'manifests', 'base', 'config'), 'config'],
      [join(root, 'argocd'), 'flyball'],
    ] as const) {
      // Go keeps its sources from being written, and so from being removed.
      await run('cp', ['-r', '--no-preserve=mode', from, join(folder, to)]);
    }
    // It runs this to find out who signed a commit, also where nobody has to.
    mkdirSync(join(this.folder, 'bin'));
    const wrapper = readFileSync(join(module, 'hack', 'git-verify-wrapper.sh'));
    writeFileSync(join(this.folder, 'bin', 'git-verify-wrapper.sh'), wrapper, { mode: 0o755 });
    const kustomization = { namespace, resources: ['namespace.yaml', 'crds', 'config'], components: ['flyball'] };
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    writeFileSync(join(folder, 'namespace.yaml'), stringify(object));
    writeFileSync(join(folder, 'kustomization.yaml'), stringify(kustomization));
    await this.kubectl.run(['apply', '--server-side', '--force-conflicts', '--kustomize', folder]);
    await waitFor('the kind Application', 30, async () =>
      this.kubectl.run(['get', 'applications.argoproj.io', '--namespace', namespace]).then(() => true),
    );
  }

  /** One program for all roles, by the name that it is told. */
  async #role(role: Role, address: string, args: readonly string[]): Promise<void> {
    await this.#listening(this.#argocd, args, address, role, {
      ...process.env,
      ARGOCD_BINARY_NAME: role,
      ARGOCD_FAKE_IN_CLUSTER: 'true',
      ARGOCD_GPG_ENABLED: 'false',
      ARGOCD_ASK_PASS_SOCK: join(this.folder, 'askpass.sock'),
      KUBECONFIG: this.cluster.kubeconfig,
      PATH: `${join(this.folder, 'bin')}:${process.env['PATH']}`,
      TMPDIR: this.folder,
    });
  }

  async #listening(
    path: string,
    args: readonly string[],
    address: string,
    name = path,
    environment = process.env,
  ): Promise<void> {
    const log = join(this.folder, `${name}.log`);
    const program = startProgram(path, args, log, environment);
    this.#programs.push(program);
    await listening(program, address, log);
  }
}

/** The folder of Argo CD's sources, which have its kinds and settings; Go fetches what is not there. */
async function argocdModule(): Promise<string> {
  const directory = join(root, 'hack', 'kubernetes', 'argocd');
  const env = { GOFLAGS: '-mod=readonly', GOWORK: 'off', GOTOOLCHAIN: 'auto' };
  const told = await run('go', ['mod', 'download', '-json', 'github.com/argoproj/argo-cd/v3'], { directory, env });
  return (JSON.parse(told) as { readonly Dir: string }).Dir;
}
