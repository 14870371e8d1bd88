import { lint } from '../../product/lint/lint.ts';
import { sarifOf } from '../../product/lint/sarif.ts';
import { summaryOf } from '../../product/lint/summary.ts';
import { type ExitCode, formatOf, type Invocation, type Run } from '../command.ts';
import { documentText } from '../output/document.ts';
import { styled, text } from '../output/text.ts';
import { readFiles } from './files.ts';
import { report } from './report.ts';

/** `kubectl flyball lint FILE…` */
export const lintFiles: Run = async (invocation: Invocation): Promise<ExitCode> => {
  const { words, options, out, err, input } = invocation;
  const { texts, unread } = await readFiles(words, options['recursive'] === true, input);
  for (const { name, why } of unread) err.line(text`${styled('bad', 'error:')} ${name} cannot be read: ${why}`);
  const files = lint(texts);
  const format = options['output'] === 'sarif' ? 'sarif' : formatOf(invocation);
  const summary = summaryOf(files);
  if (format === undefined) out.lines(report(files, texts));
  else if (format === 'sarif') out.stream.write(documentText(sarifOf(files, 'kubectl-flyball'), 'json'));
  else out.stream.write(documentText({ files, summary }, format));
  if (unread.length > 0) return 2;
  return summary.errors > 0 ? 1 : 0;
};
