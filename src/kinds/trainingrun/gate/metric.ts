/** Of the metrics that were reported, the one that people see in lists: `f1=0.93`. It is the first that the gate names, or else the first by name. */
export function metricText(
  rules: readonly { readonly metric: string }[] | undefined,
  metrics: Readonly<Record<string, string>> = {},
): string | undefined {
  const judged = rules?.map((rule) => rule.metric).find((metric) => Object.hasOwn(metrics, metric));
  const name = judged ?? Object.keys(metrics).toSorted()[0];
  return name === undefined ? undefined : `${name}=${metrics[name]}`;
}
