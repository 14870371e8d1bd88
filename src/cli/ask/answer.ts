import { isUtf8 } from 'node:buffer';
import { formatOf, type Invocation } from '../command.ts';
import { documentText } from '../output/document.ts';
import { asWritten, styled, text } from '../output/text.ts';
import type { Answer } from './exchange.ts';

/** Prints what a server answered: JSON in lines, other text as it is, and of anything else how much it is. */
export function printAnswer(invocation: Invocation, answer: Answer): void {
  const { out, err } = invocation;
  const value = valueOf(answer);
  const format = formatOf(invocation);
  if (format !== undefined) {
    const { status, contentType, isCut } = answer;
    const body = value === undefined ? answer.body.toString() : value;
    out.stream.write(documentText({ status, contentType, body, ...(isCut && { isCut }) }, format));
  } else if (value !== undefined) out.stream.write(documentText(value, 'json'));
  else if (isUtf8(answer.body)) out.lines(answer.body.toString().trimEnd().split(/\r?\n/).map(asWritten));
  else out.line(text`${answer.body.length} bytes of ${answer.contentType || 'no declared type'}`);
  if (answer.isCut) err.line(text`${styled('waiting', 'the answer is longer than 16 MiB; its end is left out')}`);
}

function valueOf({ body, isCut }: Answer): unknown {
  if (isCut) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
