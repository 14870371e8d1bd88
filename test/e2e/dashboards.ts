/** The chart's dashboards, asked of the Prometheus of the demo. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Kubectl } from '../../hack/loop/kubectl.ts';
import { namespaces } from '../../hack/loop/mark.ts';
import type { Report } from './report.ts';

const folder = resolve(import.meta.dirname, '../../charts/flyball/dashboards');

interface Dashboard {
  readonly title: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly query?: string }[] };
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}

/** What somebody chose who looks at the demo's product. */
const chosen: Readonly<Record<string, string>> = {
  namespace: namespaces.loop,
  product: 'biopsy',
  signal: 'mean_radius',
};

/** The demo's server speaks no OpenAI, so that nothing counts tokens. */
const without = new Set(['Flyball / Product: Tokens']);

/** Whether each choice of each dashboard offers what the demo has, and each query of each panel finds something. */
export async function checkDashboards(kubectl: Kubectl, report: Report): Promise<void> {
  for (const file of readdirSync(folder)) {
    const dashboard = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Dashboard;
    for (const { name, query } of dashboard.templating.list) {
      const wanted = chosen[name];
      if (wanted === undefined || query === undefined) continue;
      const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(query) ?? [];
      const path = `label/${label}/values?match[]=${encodeURIComponent(filled(series))}`;
      const values = (await asked<readonly string[]>(kubectl, path)).join(', ');
      report.record(`${dashboard.title} offers ${name} ${wanted}`, values.split(', ').includes(wanted), values);
    }
    const isAsked = ({ title, targets }: Dashboard['panels'][number]) =>
      targets && !without.has(`${dashboard.title}: ${title}`);
    const panels = dashboard.panels.filter(isAsked);
    const queries = panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }) => ({ title, expr: filled(expr) })),
    );
    const empty: string[] = [];
    for (const { title, expr } of queries) {
      const { result } = await asked<{ result: readonly object[] }>(kubectl, `query?query=${encodeURIComponent(expr)}`);
      if (result.length === 0) empty.push(`${title}: ${expr}`);
    }
    const name = `${dashboard.title}: each of ${queries.length} queries of ${panels.length} panels finds something`;
    report.record(name, queries.length > 0 && empty.length === 0, empty.join('\n'));
  }
}

/** As Grafana fills it in. */
function filled(text: string): string {
  return text
    .replaceAll('$__rate_interval', '1m')
    .replaceAll(/\$(\w+)/g, (whole, name: string) => chosen[name] ?? whole);
}

async function asked<T>(kubectl: Kubectl, path: string): Promise<T> {
  const server = `/api/v1/namespaces/${namespaces.monitoring}/services/prometheus:9090/proxy/api/v1`;
  return (JSON.parse(await kubectl.run(['get', '--raw', `${server}/${path}`])) as { data: T }).data;
}
