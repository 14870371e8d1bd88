/** What Argo CD shows at each step, held against what a person expects, and as a table. */
import { waitFor } from '../../../hack/cluster/command.ts';
import type { Report } from '../report.ts';
import type { Application, Told } from './application.ts';
import type { Vigil } from './vigil.ts';

const kinds = ['TrainingRun', 'ModelDeployment', 'Monitor'] as const;
type Health = 'Healthy' | 'Progressing' | 'Suspended' | 'Degraded';

/** Of the kinds that a step is about. */
export type Healths = Partial<Readonly<Record<(typeof kinds)[number], Health>>>;

/** Seconds: Argo CD tells of a status some time after, and a promotion is over when the pods of the others are gone. */
const patience = 60;

export class Ledger {
  readonly #application: Application;
  readonly #vigil: Vigil;
  readonly #report: Report;
  readonly #rows: string[][] = [];

  constructor(application: Application, vigil: Vigil, report: Report) {
    this.#application = application;
    this.#vigil = vigil;
    this.#report = report;
  }

  /** `by` is who makes it happen: nobody, a commit, or an action. */
  async step(title: string, by: string, wanted: Healths): Promise<void> {
    let told: Told | undefined;
    const isSo = await waitFor('its health', patience, async () => {
      told = await this.#application.told();
      return kinds.every((kind) => wanted[kind] === undefined || told?.healthOf(kind) === wanted[kind]);
    }).catch(() => false);
    const healths = kinds.map((kind) => told?.healthOf(kind) ?? '');
    const isSynced = told?.sync === 'Synced' && told.differing.length === 0;
    const detail = [told?.sync ?? '', ...(told?.differing ?? []), healths.join(', '), `${this.#vigil.syncs} syncs`];
    this.#report.record(`Argo CD, ${title}`, isSo && isSynced, detail.join('; '));
    this.#rows.push([title, by, told?.sync ?? '', ...healths, String(this.#vigil.syncs)]);
  }

  /** As Markdown. */
  table(): string {
    const head = ['step', 'by', 'sync', ...kinds, 'syncs so far'];
    return [head, head.map(() => '---'), ...this.#rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }
}
