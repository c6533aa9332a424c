import type { Diagnostic } from '../manifest/diagnostic';
import { renderPretty, summarize, summaryLine } from '../render';

/** Why an app could not be written: all findings of all its objects that a cluster would refuse. */
export class ValidationError extends Error {
  declare readonly name: 'ValidationError';
  /** What was found, in the order of the construct tree. */
  declare readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(`a cluster would refuse what this app writes\n\n${renderPretty(diagnostics)}\n\n${summaryLine(summarize(diagnostics))}`);
    // Node prints what is enumerable of an error that nobody catches: the findings would stand there twice.
    Object.defineProperties(this, { name: { value: 'ValidationError' }, diagnostics: { value: diagnostics } });
    // The findings name the author's lines; frames of cdk8s and of this package would only push them off the screen.
    this.stack = `${this.name}: ${this.message}`;
  }
}
