import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindData, RuleTable, schemaData } from './emit-data';
import { releaseTable } from './emit-releases';
import { TypePrinter } from './emit-types';
import type { OutputFile } from './facts';
import { type Knowledge, knowledgeOf } from './knowledge';
import type { Fact, Facts, GroupFacts } from './model';
import { HEADER, printLiteral, quote, Source, WIDTH } from './print';

const SHARED = 'shared';

interface Unit {
  readonly name: string;
  readonly group: string;
  readonly kinds: GroupFacts['kinds'];
  readonly types: GroupFacts['types'];
}

/** All files of the output folder. */
export function emit(facts: Facts): OutputFile[] {
  const units: Unit[] = [
    ...(Object.keys(facts.shared).length > 0 ? [{ name: SHARED, group: '', kinds: {}, types: facts.shared }] : []),
    ...Object.entries(facts.groups).map(([group, content]) => ({ name: group, group, ...content })),
  ];
  const owner = new Map(units.flatMap((unit) => Object.keys(unit.types).map((type) => [type, unit.name] as const)));
  const kinds = kindsOfTypes(facts);
  const knowledge = knowledgeOf(facts);
  const printer = new TypePrinter(facts, (type) => kinds.get(type) ?? '', knowledge);
  const header = headerOf(facts);
  const enumOwners = new Map<string, string>();
  const unitFiles = units.map((unit) => ({ name: `${unit.name}.ts`, text: header + unitText(unit, printer, owner, enumOwners, knowledge) }));
  return [
    { name: 'schema.ts', text: header + readFileSync(join(__dirname, 'templates', 'schema.ts'), 'utf8') },
    { name: 'unset.ts', text: header + unsetText([...printer.refusals].sort()) },
    ...unitFiles,
    { name: 'releases.ts', text: header + releaseTable(facts) },
    { name: 'tables.ts', text: header + tablesText(units) },
    { name: 'index.ts', text: header + indexText(units) },
  ];
}

function headerOf(facts: Facts): string {
  const releases = facts.releases.filter((release) => release !== '');
  const span =
    releases.length > 1 ? ` of releases ${releases[0]} to ${releases[releases.length - 1]}` : releases.length === 1 ? ` of release ${releases[0]}` : '';
  return `${HEADER}${span} by "npm run generate". Do not edit.\n`;
}

function unitText(unit: Unit, printer: TypePrinter, owner: ReadonlyMap<string, string>, enumOwners: Map<string, string>, { referenceAt }: Knowledge): string {
  printer.used.clear();
  printer.helpers.clear();
  const before = new Set(printer.enums.keys());
  const usedEnums = new Set<string>();
  const interfaces = Object.entries(unit.types).map(([name, fact]) => printer.print(name, fact));
  const body = interfaces.join('');
  for (const name of printer.enums.keys()) if (new RegExp(`\\b${name}\\b`).test(body)) usedEnums.add(name);
  const own = [...printer.enums].filter(([name]) => !before.has(name));
  for (const [name] of own) enumOwners.set(name, unit.name);
  const imported = new Map<string, Set<string>>();
  const take = (file: string | undefined, name: string): void => {
    if (file !== undefined && file !== unit.name) imported.set(file, (imported.get(file) ?? new Set()).add(name));
  };
  for (const type of printer.used) take(owner.get(type), type);
  for (const name of usedEnums) take(enumOwners.get(name), name);

  const rules = new RuleTable();
  const constants = new Map(own.map(([name, values]) => [values.join(), name]));
  const enumSource = (values: readonly string[]): unknown => {
    const name = constants.get(values.join());
    return name === undefined ? values : new Source(`enums.${name}`);
  };
  const context = { rules, enums: enumSource, referenceAt };
  const types = Object.fromEntries(Object.entries(unit.types).map(([name, fact]) => [name, schemaData(fact, name, context)]));
  const kinds = Object.fromEntries(Object.entries(unit.kinds).map(([name, fact]) => [`${unit.group}/${name}`, kindData(unit.group, name, fact, context)]));
  const ruleTable = rules.print();
  const helpers = [...printer.helpers, 'Kind', 'Schema', ...(ruleTable ? ['ValidationRule'] : [])].sort();
  const imports = [
    ...(body.includes('Unset<') ? [importText(['Unset'], 'unset')] : []),
    ...[...imported].map(([file, names]) => importText([...names].sort(), file)),
    importText(helpers, 'schema'),
  ].sort();
  const enumTypes = own.map(([name, values]) => `export type ${name} = ${wrapUnion(values)};\n`).join('');
  const enumTable = `const enums = {\n${own.map(([name, values]) => `  ${name}: ${printLiteral(values, 2, 2 * name.length + ' as readonly []'.length)} as readonly ${name}[],\n`).join('')}};\n`;
  return [
    imports.join(''),
    enumTypes,
    body,
    enumTable,
    ruleTable,
    `const types: { readonly [name: string]: Schema } = ${printLiteral(types)};\n`,
    `const kinds: { readonly [groupAndKind: string]: Kind } = ${printLiteral(kinds)};\n`,
    `/** The values of the enums, the schemas of the named types, and the kinds of this file. */\nexport const ${identifier(unit)} = { enums, types, kinds };\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** An enum has what a plain type lacks: the compiler prints the names of its members, tells variants apart by them, and lets nobody make a value. */
function unsetText(sentences: readonly string[]): string {
  const member = (sentence: string): string => {
    const text = quote(sentence);
    return `  ${text} =${text.length > 90 ? '\n    ' : ' '}${text},\n`;
  };
  // The compiler prints the member of an enum that has no other by the name of the enum.
  const members = sentences.length === 1 ? [...sentences, 'stays unset'] : sentences;
  return `/** Why a field must stay unset. It has no values: it exists for the names of its members in the messages of the compiler. */
export declare enum Refused {
${members.map(member).join('')}}

/** Stands on a field that must stay unset; its parameter says why. */
export type Unset<Reason extends keyof typeof Refused> = (typeof Refused)[Reason] | null;
`;
}

function importText(names: readonly string[], file: string): string {
  const flat = `import type { ${names.join(', ')} } from './${file}';\n`;
  return flat.length <= WIDTH ? flat : `import type {\n${names.map((name) => `  ${name},\n`).join('')}} from './${file}';\n`;
}

function wrapUnion(values: readonly string[]): string {
  const flat = values.map(quote).join(' | ');
  return flat.length <= 130 ? flat : values.map((value) => `\n  | ${quote(value)}`).join('');
}

/** The name of the constant that holds the data of a file. */
const identifier = (unit: Unit): string => unit.name.replace(/[^A-Za-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase());

function tablesText(units: readonly Unit[]): string {
  const list = (text: (unit: Unit) => string): string => units.map((unit) => `  ${text(unit)},\n`).join('');
  return `${units.map((unit) => `import { ${identifier(unit)} } from './${unit.name}';\n`).join('')}import type { Kind, Schema } from './schema';

/** The schemas of the named types of all groups. */
export const types: { readonly [name: string]: Schema } = {
${list((unit) => `...${identifier(unit)}.types`)}};

/** The kinds of all groups, by \`group/Kind\`. */
export const kinds: { readonly [groupAndKind: string]: Kind } = {
${list((unit) => `...${identifier(unit)}.kinds`)}};

/** The values of all enums, by the name of the enum. */
export const enums = {
${list((unit) => `...${identifier(unit)}.enums`)}};

/** The type of each enum, by its name. */
export type Enums = { readonly [Name in keyof typeof enums]: (typeof enums)[Name][number] };
`;
}

const indexText = (units: readonly Unit[]): string =>
  `${units.map((unit) => `export type * from './${unit.name}';\n`).join('')}export * from './releases';\nexport type * from './schema';\nexport * from './tables';\nexport type * from './unset';\n`;

/** For every type the first kind that holds it, directly or through other types. */
function kindsOfTypes(facts: Facts): Map<string, string> {
  const found = new Map<string, string>();
  const all: Record<string, Fact> = Object.assign({}, facts.shared, ...Object.values(facts.groups).map((group) => group.types));
  const visit = (fact: Fact, kind: string): void => {
    if (fact.ref !== undefined && !found.has(fact.ref)) {
      found.set(fact.ref, kind);
      const type = all[fact.ref];
      if (type) visit(type, kind);
    }
    for (const child of [fact.items, fact.additionalProperties, ...Object.values(fact.properties ?? {})]) if (child) visit(child, kind);
  };
  for (const group of Object.values(facts.groups))
    for (const [kind, entry] of Object.entries(group.kinds)) for (const root of [entry.schema, ...Object.values(entry.schemas ?? {})]) visit(root, kind);
  return found;
}
