import type { CelSyntaxError } from './errors';
import type { Call, ComprehensionMacro, Dialect, Expression } from './syntax';

type Report = (problem: string, offset: number) => CelSyntaxError;

/** How the arguments of a comprehension are laid out. */
interface ComprehensionForm {
  readonly macro: ComprehensionMacro;
  readonly variables: 1 | 2;
  readonly filter: boolean;
}

const one = (macro: ComprehensionMacro, filter = false): ComprehensionForm => ({ macro, variables: 1, filter });
const two = (macro: ComprehensionMacro, filter = false): ComprehensionForm => ({ macro, variables: 2, filter });

/** The comprehensions by name and number of arguments. */
const COMPREHENSIONS: Readonly<Record<string, ComprehensionForm>> = {
  'all/2': one('all'),
  'exists/2': one('exists'),
  'exists_one/2': one('exists_one'),
  'filter/2': one('filter'),
  'map/2': one('map'),
  'map/3': one('map', true),
  'sortBy/2': one('sortBy'),
  'all/3': two('all'),
  'exists/3': two('exists'),
  'exists_one/3': two('exists_one'),
  'existsOne/3': two('exists_one'),
  'transformList/3': two('transformList'),
  'transformList/4': two('transformList', true),
  'transformMap/3': two('transformMap'),
  'transformMap/4': two('transformMap', true),
  'transformMapEntry/3': two('transformMapEntry'),
  'transformMapEntry/4': two('transformMapEntry', true),
};

/** What is a macro everywhere; to other dialects than Kubernetes' the rest are calls. */
const STANDARD: ReadonlySet<string> = new Set(['all/2', 'exists/2', 'exists_one/2', 'filter/2', 'map/2', 'map/3']);

function variableName(argument: Expression, report: Report): string {
  if (argument.kind !== 'identifier') {
    throw report('argument must be a simple name', argument.offset);
  }
  return argument.name;
}

function expandComprehension(call: Call, range: Expression, form: ComprehensionForm, report: Report): Expression {
  const variables = call.arguments.slice(0, form.variables).map((argument) => variableName(argument, report));
  if (variables[0] === variables[1]) {
    throw report(`duplicate variable name: ${variables[0]}`, (call.arguments[1] as Expression).offset);
  }
  const filter = form.filter ? call.arguments[form.variables] : undefined;
  const body = call.arguments[call.arguments.length - 1] as Expression;
  return { kind: 'comprehension', macro: form.macro, range, variables, body, offset: call.offset, ...(filter === undefined ? {} : { filter }) };
}

function expandHas(call: Call, report: Report): Expression {
  const argument = call.arguments[0] as Expression;
  if (argument.kind !== 'select' || argument.optional) {
    throw report('invalid argument to has() macro', argument.offset);
  }
  return { kind: 'has', operand: argument.operand, field: argument.field, offset: call.offset };
}

/** Replaces the call of a macro by what it stands for; `undefined` when the call is no macro. */
export function expandMacro(call: Call, dialect: Dialect, report: Report): Expression | undefined {
  const { target, name, offset } = call;
  const key = `${name}/${call.arguments.length}`;
  if (target === undefined) {
    return key === 'has/1' ? expandHas(call, report) : undefined;
  }
  if (dialect === 'standard' && !STANDARD.has(key)) {
    return undefined;
  }
  const form = COMPREHENSIONS[key];
  if (form !== undefined) {
    return expandComprehension(call, target, form, report);
  }
  if (key === 'optMap/2' || key === 'optFlatMap/2') {
    const [variable, body] = call.arguments as readonly [Expression, Expression];
    return { kind: 'optional-map', target, variable: variableName(variable, report), body, flat: name === 'optFlatMap', offset };
  }
  if (key === 'bind/3' && target.kind === 'identifier' && target.name === 'cel') {
    const [variable, value, body] = call.arguments as readonly [Expression, Expression, Expression];
    return { kind: 'bind', variable: variableName(variable, report), value, body, offset };
  }
  return undefined;
}
