/** Argo CD keeps the quickstart as Git has it, through all that happens to a product. Needs Debian's redis-server, which it installs. */
import type { Suite } from '../suite.ts';
import { ArgoCD } from './argocd.ts';
import { autoscaled } from './autoscaler.ts';
import { Ledger } from './ledger.ts';
import { wholeLoop } from './loop.ts';
import { Product } from './product.ts';
import { restored } from './restore.ts';
import { steering } from './steering.ts';
import { waves } from './waves.ts';

/** Its programs share the machine with the cluster, and a loop takes as long as ever: too long for what plays at each change. */
export const argocd: Suite = {
  title: 'Argo CD keeps a product as Git has it: the loop, its actions, waves, a backup, an autoscaler',
  images: ['workload'],
  installs: 'flyball',
  quick: 'none',
  play: async ({ cluster, report }) => {
    const argo = new ArgoCD(cluster);
    try {
      await argo.start();
      const product = new Product(argo);
      const ledger = new Ledger(product.application, product.vigil, report);
      try {
        await report.part('The loop, kept by Argo CD', async () => {
          await product.begin();
          await wholeLoop(argo, ledger);
        });
        await report.part('What people do, by commits and actions', () => steering(product, ledger));
        await report.part('A backup', () => restored(argo, product, ledger, report));
        await report.part('An autoscaler', () => autoscaled(argo, product, ledger, report));
        const { strays, syncs } = product.vigil;
        report.record(
          'Argo CD saw no difference and applied nothing but for commits',
          strays.length === 0,
          strays.join('; '),
        );
        report.record('It applied the commits', syncs >= product.commits, `${product.commits} commits, ${syncs} syncs`);
        await report.part('Sync waves', () => waves(argo, report));
      } finally {
        product.vigil.stop();
        console.log(`\n${ledger.table()}\n`);
      }
    } finally {
      await argo.stop();
    }
  },
};
