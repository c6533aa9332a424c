/**
 * A mistake that the compiler refuses, and what its author meant. `chart` stands for a Chart; whatever the package exports is imported where it is named.
 * Each refused line of `wrong` ends with `// refused: ` and a piece of what all compilers say about it.
 */
export interface Case {
  readonly mistake: string;
  readonly right: string;
  readonly wrong: string;
}

/** One that compiles, whatever stands beside it. */
export interface Sound {
  readonly what: string;
  readonly right: string;
}
