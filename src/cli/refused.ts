/** 0: done; 1: not, or what was asked about is not there or not as it should be; 2: no such command or argument. */
export type ExitCode = 0 | 1 | 2;

/** Why a command cannot do what it was asked, as a sentence without full stop, with what to do instead. */
export class Refused extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 1) {
    super(message);
    this.name = 'Refused';
    this.exitCode = exitCode;
  }
}
