import { type ConfigObject, sourceOf } from '../../mesh/config-object';
import type { MeshConfig } from '../../mesh/mesh-config';
import type { AuthorizationPolicySpec, AuthorizationRuleSpec } from '../../mesh/specs/security';
import type { Condition, RbacAction, RbacRule, Subject } from '../envoy/rbac';
import { type Attribute, attributeOf, type ValueContext, type ValueTest } from './attributes';

/** What rules are written for. */
export interface RuleTarget {
  readonly config: MeshConfig;
  /** Connections that are no requests: rules of ALLOW that ask for a request are left out, other rules lose only what asks for one. */
  readonly isTcp: boolean;
  readonly action: RbacAction;
  /** What stands before the name of a rule. */
  readonly prefix?: string;
}

/** The rules of a policy as a proxy has them. A policy without rules has one that nothing matches. */
export function rbacRules(policy: ConfigObject<AuthorizationPolicySpec>, target: RuleTarget): readonly RbacRule[] {
  const { namespace, name, kind, spec } = policy;
  const rules = spec.rules ?? [];
  const named = (index: number) => ({
    name: `${target.prefix ?? ''}ns[${namespace}]-policy[${name}]-rule[${index}]`,
    title: rules.length === 0 ? `${kind} ${namespace}/${name}` : `rule ${index} of ${kind} ${namespace}/${name}`,
    source: sourceOf(policy, rules.length === 0 ? 'spec' : `spec.rules[${index}]`),
  });
  if (rules.length === 0) return [{ ...named(0), permissions: [], principals: [] }];
  return rules.flatMap((rule, index) => {
    const compiled = compile(rule, { ...target, policyNamespace: namespace });
    return compiled === undefined ? [] : [{ ...named(index), ...compiled }];
  });
}

/** A field of a rule with its values, and with those of its negation. */
interface Field {
  readonly path: string;
  readonly notPath: string;
  readonly attribute: Attribute;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
}

/** The fields of a source and of an operation, in the order in which istiod puts them, and the keys that ask for the same. */
const sourceFields: readonly (readonly [field: string, key: string])[] = [
  ['principals', 'source.principal'],
  ['requestPrincipals', 'request.auth.principal'],
  ['serviceAccounts', 'source.serviceAccount'],
  ['trustDomains', 'source.trustDomain'],
  ['namespaces', 'source.namespace'],
  ['remoteIpBlocks', 'remote.ip'],
  ['ipBlocks', 'source.ip'],
];
const operationFields: readonly (readonly [field: string, key: string])[] = [
  ['hosts', 'request.host'],
  ['methods', 'request.method'],
  ['paths', 'request.path'],
  ['ports', 'destination.port'],
];

type Compilation = RuleTarget & ValueContext;

function compile({ from = [], to = [], when = [] }: AuthorizationRuleSpec, compilation: Compilation): Pick<RbacRule, 'permissions' | 'principals'> | undefined {
  const asked: Field[] = [];
  for (const [index, { key, values = [], notValues = [] }] of when.entries()) {
    const attribute = attributeOf(key);
    if (attribute === undefined) return undefined;
    asked.push({ path: `when[${index}].values`, notPath: `when[${index}].notValues`, attribute, values, notValues });
  }
  const sources = from.map(({ source = {} }, index) => fieldsOf(source, sourceFields, `from[${index}].source`));
  const operations = to.map(({ operation = {} }, index) => fieldsOf(operation, operationFields, `to[${index}].operation`));
  const permissions = alternatives(operations, asked, 'permission', compilation);
  const principals = alternatives(sources, asked, 'principal', compilation);
  return permissions === undefined || principals === undefined ? undefined : { permissions, principals };
}

function fieldsOf(object: Readonly<Record<string, readonly string[] | undefined>>, names: typeof sourceFields, path: string): readonly Field[] {
  return names.flatMap(([name, key]) => {
    const negation = `not${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const attribute = attributeOf(key);
    if (attribute === undefined) return [];
    return [{ path: `${path}.${name}`, notPath: `${path}.${negation}`, attribute, values: object[name] ?? [], notValues: object[negation] ?? [] }];
  });
}

/** Each source or operation with what `when` asks for beside it; nothing where the rule has to be left out. */
function alternatives(
  lists: readonly (readonly Field[])[],
  asked: readonly Field[],
  side: Attribute['side'],
  compilation: Compilation,
): readonly (readonly Condition[])[] | undefined {
  const beside = asked.filter(({ attribute }) => attribute.side === side);
  const compiled: Condition[][] = [];
  for (const fields of lists.length === 0 ? [[]] : lists) {
    const conditions: Condition[] = [];
    for (const field of [...fields, ...beside]) {
      const of = conditionsOf(field, compilation);
      if (of === undefined) return undefined;
      conditions.push(...of);
    }
    compiled.push(conditions);
  }
  return compiled;
}

/** The conditions of a field; nothing where an ALLOW rule asks for what cannot be known, and so has to be left out. */
function conditionsOf({ path, notPath, attribute, values, notValues }: Field, compilation: Compilation): readonly Condition[] | undefined {
  const wanted = testsOf(attribute, values, compilation);
  const unwanted = testsOf(attribute, notValues, compilation);
  if (wanted === undefined || unwanted === undefined) return undefined;
  return [...(wanted.length > 0 ? [positive(path, attribute, values, wanted)] : []), ...(unwanted.length > 0 ? [negative(notPath, attribute, unwanted)] : [])];
}

function testsOf(attribute: Attribute, values: readonly string[], compilation: Compilation): readonly ValueTest[] | undefined {
  if (values.length === 0) return [];
  const isNarrowing = compilation.action === 'ALLOW';
  if (attribute.httpOnly && compilation.isTcp) return isNarrowing ? undefined : [];
  const expanded = attribute.expand?.(values, compilation) ?? values;
  const tests = expanded.map((value) => attribute.test(value, compilation));
  if (isNarrowing && tests.includes(undefined)) return undefined;
  return tests.filter((test) => test !== undefined);
}

function positive(field: string, attribute: Attribute, values: readonly string[], tests: readonly ValueTest[]): Condition {
  return {
    field,
    holds: (subject) => tests.some((test) => test(subject)),
    missedBy: (subject) => `${actual(attribute, subject)}, not ${values.map((value) => JSON.stringify(value)).join(' or ')}`,
  };
}

function negative(field: string, attribute: Attribute, tests: readonly ValueTest[]): Condition {
  return {
    field,
    holds: (subject) => !tests.some((test) => test(subject)),
    missedBy: (subject) => `${actual(attribute, subject)}, which the rule leaves out`,
  };
}

function actual(attribute: Attribute, subject: Subject): string {
  const value = attribute.actual(subject);
  return value === undefined ? `there is no ${attribute.title}` : `the ${attribute.title} is ${JSON.stringify(value)}`;
}
