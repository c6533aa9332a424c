import type { Severity } from './diagnostic';

/** What is known of a check apart from its code: it becomes the rule's page, and the defaults of its findings. */
export interface Rule {
  /** A readable slug, `virtual-service/unreachable-route`; stable across releases. */
  readonly code: string;
  readonly severity: Severity;
  /** Codes of other tools for the same thing: `IST0130` of istioctl, `KIA1106` of Kiali. */
  readonly aliases?: readonly string[];
  /** The names that docs/rules gives to the checks of istiod behind it (`VS5`, `H3`). */
  readonly istiod?: readonly string[];
  /** The first minor release that has the check, where it is not as old as the oldest supported one. */
  readonly since?: string;
  /** One sentence: what is wrong. */
  readonly title: string;
  /** What it does to traffic, or what the cluster does with the object. */
  readonly effect: string;
  /** What to write instead; a finding may say it more exactly. */
  readonly fix: string;
  /** The smallest YAML that shows the mistake (a whole object, or several documents). */
  readonly bad: string;
  /** The same, right. */
  readonly good: string;
}

/** Checks that names and codes go together: `{ name: rule }` with no code twice. */
export function ruleTable<const Table extends { readonly [name: string]: Rule }>(table: Table): Table {
  const codes = Object.values(table).map((rule) => rule.code);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice !== undefined) throw new Error(`the rule ${twice} is defined twice`);
  return table;
}

/** Records one finding about a field; `fix` replaces the rule's own where it can be said more exactly. */
export type Report = (rule: Rule, path: string, message: string, fix?: string) => void;
