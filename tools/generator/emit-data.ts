import type { Knowledge } from './knowledge';
import type { Fact, KindFacts } from './model';
import { printLiteral, Source } from './print';
import type { ValidationRule } from './templates/schema';

/** Collects the rules of a file, so that each is written once. */
export class RuleTable {
  private readonly names = new Map<string, string>();
  private readonly rules: [string, ValidationRule][] = [];

  /** The source text that stands for a rule. */
  reference(rule: ValidationRule): Source {
    const key = JSON.stringify(rule);
    let name = this.names.get(key);
    if (name === undefined) {
      const wanted = camel(rule.message ?? 'rule');
      const clash = this.rules.filter(([other]) => other === wanted || other.startsWith(`${wanted}_`)).length;
      name = clash === 0 ? wanted : `${wanted}_${clash + 1}`;
      this.names.set(key, name);
      this.rules.push([name, rule]);
    }
    return new Source(`rule.${name}`);
  }

  print(): string {
    return this.rules.length === 0
      ? ''
      : `const rule = ${printLiteral(Object.fromEntries(this.rules))} satisfies { readonly [name: string]: ValidationRule };\n`;
  }
}

/** A short name from the first words of a message. */
function camel(message: string): string {
  const words = message
    .replace(/[^A-Za-z0-9 ]+/g, ' ')
    .trim()
    .split(/\s+/)
    .slice(0, 7);
  return words.map((word, index) => (index === 0 ? word.toLowerCase() : word[0]?.toUpperCase() + word.slice(1))).join('');
}

/** What the data of a file is written with. */
export interface DataContext {
  readonly rules: RuleTable;
  /** Gives the source text that stands for the values of an enum. */
  readonly enums: (values: readonly string[]) => unknown;
  readonly referenceAt: Knowledge['referenceAt'];
}

/** The schema data of a node: what the newest release says, without history. */
export function schemaData(fact: Fact, place: string, context: DataContext): unknown {
  const {
    since: _since,
    until: _until,
    deprecated: _deprecated,
    enumHistory,
    properties,
    items,
    additionalProperties,
    rules: nodeRules,
    enum: values,
    ...rest
  } = fact;
  const reference = context.referenceAt(place, fact.ref);
  return {
    ...(reference ? { reference } : {}),
    ...rest,
    ...(values ? { enum: context.enums(values.filter((value) => !enumHistory?.[value]?.[1])) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties)
              .filter(([, child]) => !child.until)
              .map(([name, child]) => [name, schemaData(child, `${place}.${name}`, context)]),
          ),
        }
      : {}),
    ...(items ? { items: schemaData(items, `${place}[]`, context) } : {}),
    ...(additionalProperties ? { additionalProperties: schemaData(additionalProperties, `${place}{}`, context) } : {}),
    ...(nodeRules ? { rules: nodeRules.map((rule) => context.rules.reference(rule)) } : {}),
  };
}

/** The kind table's entry. */
export function kindData(group: string, kind: string, facts: KindFacts, context: DataContext): unknown {
  const { plural, scope, shortNames, categories, schema, schemas } = facts;
  const versions = Object.entries(facts.versions)
    .filter(([, version]) => !version.until)
    .map(([name]) => name);
  return {
    group,
    kind,
    plural,
    scope,
    ...(shortNames ? { shortNames } : {}),
    ...(categories ? { categories } : {}),
    versions,
    schema: schemaData(schema, kind, context),
    ...(schemas ? { schemas: Object.fromEntries(Object.entries(schemas).map(([version, root]) => [version, schemaData(root, kind, context)])) } : {}),
  };
}
