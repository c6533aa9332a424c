import type { Expression, MapEntry } from '../../../src/schema/cel/syntax';
import { Bytes, Double, Uint } from '../../../src/schema/cel/values';

/** Prints an expression, every part of an operator in parentheses. */
export function print(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return printLiteral(node.value);
    case 'identifier':
      return node.name;
    case 'select':
      return `${operand(node.operand)}.${node.optional ? '?' : ''}${node.field}`;
    case 'has':
      return `has(${operand(node.operand)}.${node.field})`;
    case 'index':
      return `${operand(node.operand)}[${node.optional ? '?' : ''}${print(node.index)}]`;
    case 'call':
      return `${node.target === undefined ? '' : `${operand(node.target)}.`}${node.name}(${node.arguments.map(print).join(', ')})`;
    case 'list':
      return `[${node.elements.map(({ optional, value }) => (optional ? '?' : '') + print(value)).join(', ')}]`;
    case 'map':
      return `{${node.entries.map(printEntry).join(', ')}}`;
    case 'unary':
      return `${node.operator}(${print(node.operand)})`;
    case 'binary':
      return `((${print(node.left)}) ${node.operator} (${print(node.right)}))`;
    case 'logical':
      return `(${node.terms.map((term) => `(${print(term)})`).join(` ${node.operator} `)})`;
    case 'conditional':
      return `((${print(node.condition)}) ? (${print(node.whenTrue)}) : (${print(node.otherwise)}))`;
    case 'comprehension': {
      const parameters = [...node.variables, ...(node.filter === undefined ? [] : [print(node.filter)]), print(node.body)];
      return `${operand(node.range)}.${node.macro}(${parameters.join(', ')})`;
    }
    case 'bind':
      return `cel.bind(${node.variable}, ${print(node.value)}, ${print(node.body)})`;
    case 'optional-map':
      return `${operand(node.target)}.${node.flat ? 'optFlatMap' : 'optMap'}(${node.variable}, ${print(node.body)})`;
  }
}

function operand(node: Expression): string {
  return node.kind === 'identifier' ? node.name : `(${print(node)})`;
}

function printEntry({ key, value, optional }: MapEntry): string {
  return `${optional ? '?' : ''}${print(key)}: ${print(value)}`;
}

function printLiteral(value: unknown): string {
  if (value instanceof Uint) {
    return `${value.value}u`;
  }
  if (value instanceof Double) {
    return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  }
  if (value instanceof Bytes) {
    return `b"${Array.from(value.data, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** The same expression without the positions of its parts. */
export function withoutOffsets(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(withoutOffsets);
  }
  if (typeof node !== 'object' || node === null || Object.getPrototypeOf(node) !== Object.prototype) {
    return node;
  }
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => (key === 'offset' ? [] : [[key, withoutOffsets(value)]])));
}
