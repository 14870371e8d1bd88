/** A real Prometheus, which reads what played observers count: for what a query finds in counters nobody's word is to be taken. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { observersJob } from '../../src/api/observer.ts';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { freePorts } from './ports.ts';
import { eventually, startProgram, tailOf } from './program.ts';

export interface Store {
  readonly url: string;
  /** Adds a page of metrics to what is read, until what it returns is called. An empty page is of nothing. */
  add(page: () => Promise<string>): () => void;
  stop(): Promise<void>;
}

/** Far more often than anybody has it, as all that waits here waits a little. */
const scrapeInterval = '500ms';

export async function startStore(directory: string): Promise<Store> {
  const { prometheus } = await ensureBinaries(['prometheus']);
  const pages = new Set<() => Promise<string>>();
  const exporter = createServer((_, outgoing) => {
    void Promise.all([...pages].map((page) => page())).then((texts) => {
      outgoing.setHeader('content-type', 'text/plain; version=0.0.4');
      outgoing.end(`${texts.filter((text) => text !== '').join('\n')}\n`);
    });
  });
  await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
  const target = `127.0.0.1:${(exporter.address() as AddressInfo).port}`;
  const [port] = await freePorts(1);
  const file = join(directory, 'prometheus.yml');
  const scraped = [{ job_name: observersJob, honor_labels: true, static_configs: [{ targets: [target] }] }];
  writeFileSync(file, JSON.stringify({ global: { scrape_interval: scrapeInterval }, scrape_configs: scraped }));
  const log = join(directory, 'prometheus.log');
  const program = startProgram(
    prometheus,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(directory, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    log,
  );
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.status === 200;
  if (!(await eventually(isReady, { limitMs: 60_000 }))) throw new Error(`Prometheus does not start:\n${tailOf(log)}`);
  return {
    url,
    add: (page) => {
      pages.add(page);
      return () => pages.delete(page);
    },
    stop: async () => {
      await program.stop();
      exporter.closeAllConnections();
      await new Promise((resolve) => exporter.close(resolve));
    },
  };
}
