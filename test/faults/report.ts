import type { FaultPlan } from './contract.ts';
import { faultOf } from './faults.ts';
import { printPlan } from './plans.ts';
import type { Outcome } from './run.ts';

/** One line for a plan, and one for each violation with what the operator said last. */
export function printOutcome({ plan, violations, struck, wallMs, log }: Outcome): void {
  const missed = plan.injections.length - struck;
  const note = missed > 0 ? `, ${missed} of its moments did not come` : '';
  console.log(`${verdictOn(violations)} ${printPlan(plan)} (${(wallMs / 1000).toFixed(1)} s${note})`);
  for (const violation of violations.slice(0, 10)) console.log(`  ${violation}`);
  if (violations.length > 0) console.log(log.split('\n').slice(-15).join('\n').replace(/^/gm, '    | '));
}

function verdictOn(violations: readonly string[]): string {
  return violations.length === 0 ? 'ok' : `VIOLATED ${violations.length}`;
}

/** What was violated, once more for whoever sees the end of a long log alone: plan by plan, the first three of each. */
export function violated(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes
    .filter(({ violations }) => violations.length > 0)
    .flatMap(({ plan, violations }) => [
      `${verdictOn(violations)} ${printPlan(plan)}`,
      ...violations.slice(0, 3).map((violation) => `  ${violation}`),
    ]);
}

/** The command that repeats one plan. */
export function commandOf(
  plan: FaultPlan,
  { operator, plantBug }: { readonly operator: string; readonly plantBug: boolean },
): string {
  const others = `${operator === 'flyball' ? '' : ` --operator ${operator}`}${plantBug ? ' --plant-bug' : ''}`;
  return `npm run faults -- --plan '${printPlan(plan)}'${others}`;
}

/** How many plans there were by scenario and class of faults, and how many of them violated something. */
export function table(outcomes: readonly Outcome[]): string {
  const classes = [...new Set(outcomes.flatMap(classesOf))].toSorted();
  const scenarios = [...new Set(outcomes.map(({ plan }) => plan.scenario))].toSorted();
  const cell = (scenario: string, fault: string): string => {
    const those = outcomes.filter(
      (outcome) => outcome.plan.scenario === scenario && classesOf(outcome).includes(fault),
    );
    const failed = those.filter(({ violations }) => violations.length > 0).length;
    return those.length === 0 ? '' : failed === 0 ? String(those.length) : `${those.length} (${failed} violated)`;
  };
  const rows = [['', ...classes], ...scenarios.map((name) => [name, ...classes.map((fault) => cell(name, fault))])];
  const widths = ['', ...classes].map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function classesOf({ plan, disaster }: Outcome): readonly string[] {
  if (disaster !== undefined) return [disaster];
  return plan.injections.length === 0
    ? ['None']
    : [...new Set(plan.injections.map(({ fault }) => faultOf(fault).class))];
}

/** Prints the last line and returns whether all is well. */
export function conclusion(outcomes: readonly Outcome[], wallMs: number): boolean {
  const violations = outcomes.reduce((sum, outcome) => sum + outcome.violations.length, 0);
  const injections = outcomes.reduce((sum, { plan }) => sum + plan.injections.length, 0);
  const struck = outcomes.reduce((sum, outcome) => sum + outcome.struck, 0);
  console.log(`${struck} of ${injections} injections struck; ${(wallMs / 1000).toFixed(0)} s`);
  console.log(`${outcomes.length} plans, ${violations} violations`);
  return violations === 0;
}
