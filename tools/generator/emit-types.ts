import { fieldFacts, referencePage } from './documentation';
import type { Knowledge } from './knowledge';
import type { Fact, Facts } from './model';
import { derivedEnumName, pascal } from './names';
import { propertyName, quote, WIDTH } from './print';
import { referenceType } from './references';
import type { Variant, VariantField } from './refinements';

/** Prints the interfaces of named types. */
export class TypePrinter {
  /** Names of the helper types that the printed text uses. */
  readonly helpers = new Set<string>();
  /** Names of types that the printed text refers to. */
  readonly used = new Set<string>();
  /** The enums that were met: name and values. */
  readonly enums = new Map<string, readonly string[]>();
  /** The sentences that say why a field must stay unset. */
  readonly refusals = new Set<string>();

  constructor(
    private readonly facts: Facts,
    /** The kind whose reference page documents a type. */
    private readonly kindOf: (type: string) => string,
    private readonly knowledge: Knowledge,
  ) {}

  /** The declaration of one named type. */
  print(name: string, fact: Fact): string {
    const refinement = this.knowledge.refinements[name];
    const refined = refinement?.variants ?? [];
    // A refinement that speaks of all members of a group replaces it.
    const replaced = (members: readonly string[]): boolean =>
      refined.some((variants) => variants.every(({ fields }) => members.every((member) => member in fields)));
    const exclusive = [...(fact.exclusive ?? []), ...(refinement?.exclusive ?? [])].filter((members) => members.length > 1 && !replaced(members));
    const groups = [...exclusive.map(exclusiveVariants), ...refined];
    const parameter = refinement?.parameter;
    const generics = parameter ? `<${parameter.name} extends string = string>` : '';
    const page = referencePage(this.kindOf(name));
    // Not as a tag: compilers read the comments of declarations only where there is one, and that takes time.
    const heading = page ? `/** See ${page}#${name.replace(/Spec$/, '')} */\n` : '';
    if (groups.length === 0) return `${heading}export interface ${name}${generics} {\n${this.fields(name, fact, Object.keys(fact.properties ?? {}))}}\n`;
    const varying = new Set(groups.flatMap((variants) => variants.flatMap((variant) => Object.keys(variant.fields))));
    const common = Object.keys(fact.properties ?? {}).filter((field) => !varying.has(field));
    const base = common.length > 0 ? `export interface ${name}Fields${generics} {\n${this.fields(name, fact, common)}}\n` : '';
    const heritage = base === '' ? [] : [`${name}Fields`];
    const parts = groups.flat().map((variant) => {
      const isWhole = groups.length === 1 || variant.alone;
      const from = isWhole && base ? ` extends ${heritage.join('')}` : '';
      return `export interface ${name}${variant.name}${from} {\n${this.fields(name, fact, Object.keys(variant.fields), variant.fields)}}\n`;
    });
    const alone = groups.flat().filter((variant) => variant.alone || groups.length === 1);
    const combined = groups.length === 1 ? [] : product(groups.map((variants) => variants.filter((variant) => !variant.alone)));
    const wholes = combined.map((variants) => {
      const extended = [...heritage, ...variants.map((variant) => name + variant.name)].join(', ');
      return `export interface ${name}${nameOf(variants)} extends ${extended} {}\n`;
    });
    const union = [...alone.map((variant) => [variant]), ...combined].map((variants) => `\n  | ${name}${nameOf(variants)}`).join('');
    return `${base}${parts.join('')}${wholes.join('')}${heading}export type ${name}${generics} =${union};\n`;
  }

  private fields(type: string, fact: Fact, names: readonly string[], variant: { readonly [field: string]: VariantField } = {}): string {
    const others = fact.preserveUnknownFields ? '  readonly [field: string]: unknown;\n' : '';
    return names.map((field) => this.field(type, fact, field, variant[field] ?? {})).join('') + others;
  }

  private field(type: string, parent: Fact, field: string, variant: VariantField): string {
    const fact = parent.properties?.[field];
    if (!fact || fact.until) return '';
    const name = propertyName(field);
    if (variant.refused !== undefined) {
      this.refusals.add(variant.refused);
      const unset = `Unset<${quote(variant.refused)}>`;
      return `  readonly ${name}?: ${variant.inSight ? `(${this.type(fact, `${type}.${field}`)} & ${unset}) | null` : unset};\n`;
    }
    const isRequired = variant.required ?? this.isRequired(type, parent, field);
    // Asked for even where a variant narrows it, so that the enum of the field is known.
    const whole = this.type(fact, `${type}.${field}`);
    const text = variant.type ?? whole;
    const facts = fieldFacts(fact, false);
    return `${commentText(facts)}  readonly ${name}${isRequired ? '' : '?'}: ${text}${isRequired ? '' : ' | null'};\n`;
  }

  private isRequired(type: string, parent: Fact, field: string): boolean {
    // The API server fills in a default before it looks for what is missing.
    const isDefined = (parent.required?.includes(field) ?? false) && parent.properties?.[field]?.default === undefined;
    return isDefined || (this.knowledge.refinements[type]?.required?.includes(field) ?? false);
  }

  /** The TypeScript type of a node; `place` is the type and field that hold it. */
  private type(fact: Fact, place: string): string {
    const plain = this.plainType(fact, place);
    const reference = this.knowledge.referenceAt(place, fact.ref);
    if (!reference) return plain;
    const text = referenceType(reference, plain);
    for (const helper of ['ObjectReference', 'WorkloadReference']) if (text.includes(helper)) this.helpers.add(helper);
    return text;
  }

  private plainType(fact: Fact, place: string): string {
    const parameter = this.knowledge.refinements[place.replace(/\..*/, '')]?.parameter;
    if (fact.ref !== undefined) {
      this.used.add(fact.ref);
      return fact.ref;
    }
    if (fact.intOrString) return 'number | string';
    switch (fact.type) {
      case 'array': {
        const item = fact.items ? this.type(fact.items, `${place}[]`) : 'unknown';
        const nullable = fact.items?.nullable ? ' | null' : '';
        const generic = parameter?.pass === item && place.endsWith(`.${parameter.field}`) ? `${item}<${parameter.name}>` : item;
        return generic.includes('|') || nullable ? `readonly (${generic}${nullable})[]` : `readonly ${generic}[]`;
      }
      case 'object':
        return fact.additionalProperties
          ? `{ readonly [key: string]: ${this.type(fact.additionalProperties, `${place}{}`)} | null }`
          : '{ readonly [key: string]: unknown }';
      case 'string':
        if (parameter && !parameter.pass && place.endsWith(`.${parameter.field}`)) return parameter.name;
        return this.stringType(fact, place);
      case 'integer':
      case 'number':
        return 'number';
      case 'boolean':
        return 'boolean';
      default:
        return 'unknown';
    }
  }

  private stringType(fact: Fact, place: string): string {
    if (fact.enum) {
      const [type = '', field = ''] = place.replace(/[[\]{}]/g, '').split('.');
      return this.enum(this.knowledge.enumNames[`${type}.${field}`] ?? derivedEnumName(type, field), fact);
    }
    if (this.knowledge.durationFields.has(place) || fact.rules?.some((rule) => /\bduration\(self\)/.test(rule.rule))) {
      this.helpers.add('Duration');
      return 'Duration';
    }
    return 'string';
  }

  /** Different values never share a name: the second enum of a name gets a number. */
  private enum(wanted: string, fact: Fact): string {
    const values = (fact.enum ?? []).filter((value) => !fact.enumHistory?.[value]?.[1]);
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : `${wanted}${number}`;
      const known = this.enums.get(name);
      const taken = known === undefined && this.isType(name);
      if (!taken && (known === undefined || known.join() === values.join())) {
        this.enums.set(name, values);
        return name;
      }
    }
  }

  private isType(name: string): boolean {
    return name in this.facts.shared || Object.values(this.facts.groups).some((group) => name in group.types);
  }
}

/** A doc comment; where it does not fit on a line, each fact has one, and what is too long even then is cut. */
function commentText(facts: readonly string[]): string {
  if (facts.length === 0) return '';
  const safe = facts.map((fact) => fact.replace(/\s+/g, ' ').replace(/\*\//g, '* /'));
  const flat = `  /** ${safe.join('; ')} */\n`;
  if (flat.length <= WIDTH) return flat;
  const short = safe.map((fact) => (fact.length > WIDTH - 10 ? `${fact.slice(0, WIDTH - 14)} ...` : fact));
  return `  /**\n${short.map((fact) => `   * ${fact}\n`).join('')}   */\n`;
}

const nameOf = (variants: readonly Variant[]): string => variants.map((variant) => variant.name).join('');

/** Every choice of one variant of each group. */
const product = (groups: readonly (readonly Variant[])[]): Variant[][] =>
  groups.reduce<Variant[][]>((chosen, group) => chosen.flatMap((variants) => group.map((variant) => [...variants, variant])), [[]]);

/**
 * At most one member may be set; the first member, the commonest, stands last and also stands for "none".
 * Where nothing tells the variants apart, older compilers explain the last one and the native one that whose name is last in the alphabet: `With` comes after `By`.
 */
function exclusiveVariants(members: readonly string[]): Variant[] {
  const why = `set only one of ${members.join(', ')}`;
  return members
    .map((member, index): Variant => {
      const own: VariantField = index === 0 ? {} : { required: true };
      const fields = Object.fromEntries(members.map((other) => [other, other === member ? own : { refused: why }]));
      return { name: `${index === 0 ? 'With' : 'By'}${pascal(member)}${member.includes('_') ? 'SnakeCase' : ''}`, fields };
    })
    .reverse();
}
