import { lint, lintAlso, type LintedFile, type LintedText } from '../../product/lint/lint.ts';
import { sarifOf } from '../../product/lint/sarif.ts';
import { summaryOf } from '../../product/lint/summary.ts';
import { type ExitCode, formatOf, type Invocation, type Run } from '../command.ts';
import { documentText } from '../output/document.ts';
import { styled, text } from '../output/text.ts';
import { readFiles } from './files.ts';
import { report } from './report.ts';
import { judgedByServer } from './server.ts';

/** `kubectl flyball lint FILE…` */
export const lintFiles: Run = async (invocation: Invocation): Promise<ExitCode> => {
  const { words, options, err, input } = invocation;
  const { texts, unread } = await readFiles(words, options['recursive'] === true, input);
  for (const { name, why } of unread) err.line(text`${styled('bad', 'error:')} ${name} cannot be read: ${why}`);
  const unasked: string[] = [];
  const files = options['server'] === true ? await withServer(texts, invocation, unasked) : lint(texts);
  for (const why of new Set(unasked))
    err.line(text`${styled('waiting', 'warning:')} the API server was not asked: ${why}`);
  show(files, texts, invocation);
  if (unread.length > 0) return 2;
  return summaryOf(files).errors > 0 || unasked.length > 0 ? 1 : 0;
};

function show(files: readonly LintedFile[], texts: readonly LintedText[], invocation: Invocation): void {
  const { options, out } = invocation;
  const format = options['output'] === 'sarif' ? 'sarif' : formatOf(invocation);
  if (format === undefined) out.lines(report(files, texts));
  else if (format === 'sarif') out.stream.write(documentText(sarifOf(files, 'kubectl-flyball'), 'json'));
  else out.stream.write(documentText({ files, summary: summaryOf(files) }, format));
}

/** @param unasked takes why it could not be asked. */
async function withServer(
  texts: readonly LintedText[],
  invocation: Invocation,
  unasked: string[],
): Promise<readonly LintedFile[]> {
  return await lintAlso(texts, async (object) => {
    const answer = await judgedByServer(invocation.cluster(), object, invocation.stop);
    if (answer.type === 'Judged') return answer.findings;
    unasked.push(answer.why);
    return [];
  });
}
