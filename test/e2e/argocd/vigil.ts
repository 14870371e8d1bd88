/** Sees each change of what Argo CD says of an application, so that no difference between two looks is missed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Cluster } from '../../../hack/cluster/cluster.ts';

/** A new application has no status: a JSONPath that filters would end there. Tabs kubectl would make a table of. */
const differing = '{{range .resources}}{{if ne .status "Synced"}}{{.kind}} {{.name}};{{end}}{{end}}';
const told = `{{with .sync}}{{.status}}{{end}}|{{with .operationState}}{{.startedAt}}{{end}}|${differing}`;
const format = `{{with .status}}${told}{{end}}\n`;

export class Vigil {
  /** What differed from Git, and what was applied, without a commit. */
  readonly strays: string[] = [];
  readonly #child: ChildProcess;
  readonly #operations = new Set<string>();
  #isCommitting = true;

  constructor(cluster: Cluster, application: string) {
    // By its name alone kubectl would not wait for one that is not there yet.
    const which = ['--namespace', 'argocd', '--field-selector', `metadata.name=${application}`];
    const what = ['get', 'applications.argoproj.io', ...which, '--watch', '--output', `go-template=${format}`];
    const args = ['--kubeconfig', cluster.kubeconfig, ...what];
    this.#child = spawn(cluster.kubectl, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    if (this.#child.stdout) createInterface(this.#child.stdout).on('line', (line) => this.#see(line));
  }

  /** How many times Argo CD has applied something: a commit twice if it looks before it sees what it has just applied. */
  get syncs(): number {
    return this.#operations.size;
  }

  /** Differences are as they should be until it is over. */
  async during<T>(commit: () => Promise<T>): Promise<T> {
    this.#isCommitting = true;
    try {
      return await commit();
    } finally {
      this.#isCommitting = false;
    }
  }

  stop(): void {
    this.#child.kill();
  }

  #see(line: string): void {
    const [sync = '', operation = '', objects = ''] = line.trim().split('|');
    if (operation !== '' && !this.#operations.has(operation)) {
      this.#operations.add(operation);
      if (!this.#isCommitting) this.strays.push(`applied something at ${operation}`);
    }
    if (!this.#isCommitting && sync !== 'Synced') this.strays.push(`${sync}: ${objects}`);
  }
}
