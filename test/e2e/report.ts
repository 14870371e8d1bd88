/** Counts what was checked and tells of each as it is known. */
export class Report {
  #passed = 0;
  #failed = 0;

  get failed(): number {
    return this.#failed;
  }

  /** Records one check; `detail` says what was seen. */
  record(name: string, passed: boolean, detail: string): void {
    if (passed) this.#passed++;
    else this.#failed++;
    console.log(`${passed ? '✓' : '✗'} ${name}${detail === '' ? '' : `: ${detail}`}`);
  }

  /** Runs a part whose exception counts as one failure, so that the parts after it still run. */
  async part(name: string, run: () => Promise<void>): Promise<void> {
    console.log(`\n-- ${name}`);
    try {
      await run();
    } catch (error) {
      this.record(name, false, error instanceof Error ? error.message : String(error));
    }
  }

  /** The line that closes the run. */
  summary(): string {
    return `${this.#passed} passed, ${this.#failed} failed`;
  }
}
