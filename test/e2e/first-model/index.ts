/** docs/first-model.md, followed by the letter: its files written, its commands typed, until the loop has closed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run, waitFor } from '../../../hack/cluster/command.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import type { IModelDeployment, IModelVersion } from '../../../src/api/types.ts';
import type { Round, Suite } from '../suite.ts';
import { sections } from './page.ts';

const namespace = 'delivery';
/** Images cannot be pulled here: ours has the same server from PyPI, and no script that starts it. */
const image = 'docker.io/seldonio/mlserver:1.7.1-sklearn';
const standIn = 'localhost/flyball/mlserver:0.1.0';
const starts = `["/usr/bin/python3", "-c", "from mlserver.cli import main; main()", "start", "/tmp"]`;

export const firstModel: Suite = {
  title: 'the page about a first model, followed by the letter, until the loop has closed',
  images: ['mlserver'],
  installs: 'flyball',
  quick: 'none',
  play,
};

async function play({ cluster, report }: Round): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flyball-first-model-'));
  const plugin = resolve(import.meta.dirname, '../../../dist/cli');
  await run('npm', ['run', '--silent', 'build'], { directory: resolve(import.meta.dirname, '../../..') });
  const path = [dirname(cluster.kubectl), plugin, dirname(process.execPath), process.env['PATH'] ?? ''].join(':');
  const env = { KUBECONFIG: cluster.kubeconfig, PATH: path };
  const began = performance.now();
  try {
    for (const { title, files, commands } of sections()) {
      const started = performance.now();
      for (const [name, text] of files) writeFileSync(join(folder, name), replaced(name, text));
      const said: string[] = [];
      for (const command of commands) said.push(await typed(command));
      report.record(title, true, `${Math.round((performance.now() - started) / 1000)} s`);
      console.log(said.join(''));
    }
    await closes();
  } finally {
    rmSync(folder, { recursive: true });
  }

  function typed(command: string): Promise<string> {
    return run('bash', ['-euo', 'pipefail', '-c', command.replaceAll(' --watch', '')], { directory: folder, env });
  }

  async function closes(): Promise<void> {
    const kubectl = new Kubectl(cluster);
    const second = await waitFor('a second version', 900, async () => {
      const versions = await kubectl.list<IModelVersion>('modelversions', namespace);
      return versions.find(({ spec }) => spec.number === 2);
    });
    const { trigger, metrics } = second.spec;
    report.record(
      'The Monitor has it trained again',
      trigger.type === 'Monitor',
      `${trigger.reason}; ${JSON.stringify(metrics)}`,
    );
    await waitFor('version 2 to serve', 600, async () => {
      const [deployment] = await kubectl.list<IModelDeployment>('modeldeployments', namespace);
      return (
        deployment?.status?.stable?.version === second.metadata?.name && deployment?.status?.candidate === undefined
      );
    });
    const minutes = Math.round((performance.now() - began) / 6000) / 10;
    report.record('Version 2 serves', true, `${minutes} minutes after the first command`);
    const log = await kubectl.run(['logs', 'client', '--namespace', namespace]);
    const last = log.trim().split('\n').at(-1) ?? '';
    report.record('No request failed', last.endsWith(' sent, 0 failed'), last);
  }
}

function replaced(name: string, text: string): string {
  const served = name === 'modeldeployment.yaml' ? `${standIn}\n    command: ${starts}` : standIn;
  return text.replaceAll(image, served);
}
