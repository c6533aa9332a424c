/** Something in a YAML document that stops it from being read, or that reads differently from what it looks like. */
export interface YamlProblem {
  /** The slug of the diagnostic. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Where in the text of the document, in UTF-16 code units from 0. */
  readonly offset: number;
  /** The field it is about, empty for the document. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  /** Another place that explains the problem, such as the first of two equal keys. */
  readonly related?: { readonly message: string; readonly offset: number };
}

/** Ends the reading of one document; the others of the file are still read. */
export class UnreadableYaml extends Error {
  constructor(readonly problem: YamlProblem) {
    super(problem.message);
  }
}

/** Gives up the document with an error. */
export function unreadable(problem: Omit<YamlProblem, 'severity'>): never {
  throw new UnreadableYaml({ severity: 'error', ...problem });
}
