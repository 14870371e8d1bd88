/** The parts that Flyball's dashboards are made of, with Grafana's own builders. */
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

const source: common.DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

/** What a panel shows: PromQL by the name of its series, in Grafana's notation (`{{label}}`). */
type Queries = Readonly<Record<string, string>>;

/** As Grafana names units; `cps` is counts per second. */
type Unit = 's' | 'reqps' | 'cps' | 'percentunit' | 'bytes' | 'short';

function query(name: string, expr: string, index: number) {
  return new prometheus.DataqueryBuilder()
    .refId(String.fromCharCode('A'.charCodeAt(0) + index))
    .datasource(source)
    .legendFormat(name)
    .expr(expr);
}

const asked = (queries: Queries) => Object.entries(queries).map(([name, expr], index) => query(name, expr, index));

/** Lines over time, a third of the width. `stacked` fills the height with shares. */
export function lines(title: string, description: string, unit: Unit, queries: Queries, stacked = false) {
  const panel = new timeseries.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(source)
    .unit(unit)
    .min(0)
    .span(8)
    .height(8)
    .showPoints(common.VisibilityMode.Never)
    .fillOpacity(stacked ? 60 : 8)
    .legend(new common.VizLegendOptionsBuilder().showLegend(true).placement(common.LegendPlacement.Bottom))
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi))
    .targets(asked(queries));
  return stacked ? panel.stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Percent)) : panel;
}

/** One number as it is now, a sixth of the width. */
export function number(title: string, description: string, unit: Unit, queries: Queries) {
  return new stat.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(source)
    .unit(unit)
    .span(4)
    .height(4)
    .graphMode(common.BigValueGraphMode.None)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .targets(asked(queries));
}

/** What state each series was in over time, the whole width. The first of `named` is what 1 means. */
export function states(
  title: string,
  description: string,
  queries: Queries,
  named: readonly (readonly [text: string, color: string])[],
) {
  const options = Object.fromEntries(named.map(([text, color], index) => [index + 1, { text, color, index }]));
  return new statetimeline.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(source)
    .span(24)
    .height(8)
    .mappings([{ type: dashboard.MappingType.ValueToText, options }])
    .targets(asked(queries));
}

/** A choice at the head of the dashboard: the values of a label. */
export function choice(name: string, label: string, values: string): dashboard.QueryVariableBuilder {
  return new dashboard.QueryVariableBuilder(name)
    .label(label)
    .datasource(source)
    .query(values)
    .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
    .sort(dashboard.VariableSort.AlphabeticalAsc);
}

/** An empty dashboard that asks whichever Prometheus is chosen. */
export function dashboardOf(uid: string, title: string, description: string): dashboard.DashboardBuilder {
  return new dashboard.DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['flyball'])
    .time({ from: 'now-3h', to: 'now' })
    .refresh('30s')
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .withVariable(new dashboard.DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'));
}

export const row = (title: string) => new dashboard.RowBuilder(title);
