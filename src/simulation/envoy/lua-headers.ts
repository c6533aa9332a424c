import type { FilterContext, HttpFilter, Verdict } from './filter';
import { Headers, type HttpRequest } from './http';

/** One statement of a script: something is done to a header. */
interface HeaderStatement {
  readonly operation: 'add' | 'replace' | 'remove';
  readonly name: string;
  readonly value: string;
}

/** What a script does to requests and to answers. */
interface HeaderScript {
  readonly request: readonly HeaderStatement[];
  readonly response: readonly HeaderStatement[];
}

const functionPattern = /^function\s+(envoy_on_request|envoy_on_response)\s*\(\s*(\w+)\s*\)([\s\S]*?)\bend\b/;
const statementPattern = /^(\w+):headers\(\):(add|replace|remove)\(\s*"([^"\\]*)"\s*(?:,\s*"([^"\\]*)"\s*)?\)\s*;?/;

/**
 * A Lua program as a filter, where all that it does is to add, replace and remove headers of requests, and to add headers to answers. Undefined for any other program: no Lua
 * runs here.
 */
export function luaHeaderFilter(code: string): HttpFilter | undefined {
  const script = parse(code);
  if (script === undefined || script.response.some(({ operation }) => operation !== 'add')) return undefined;
  return {
    name: 'envoy.filters.http.lua',
    apply(request, { journey, proxy }: FilterContext): Verdict {
      for (const statement of script.request) change(request, statement);
      const { length } = script.request;
      if (length > 0) journey.note({ decision: 'headers', proxy, text: `a Lua filter changes ${script.request.map(({ name }) => name).join(', ')}` });
      return script.response.length === 0 ? { kind: 'pass' } : { kind: 'pass', responseHeaders: added(script.response) };
    },
  };
}

function parse(code: string): HeaderScript | undefined {
  const script = { request: [] as HeaderStatement[], response: [] as HeaderStatement[] };
  let rest = withoutComments(code);
  while (rest !== '') {
    const [whole, name, handle, body] = functionPattern.exec(rest) ?? [];
    if (whole === undefined) return undefined;
    const statements = parseBody((body as string).trim(), handle as string);
    if (statements === undefined) return undefined;
    script[name === 'envoy_on_request' ? 'request' : 'response'].push(...statements);
    rest = rest.slice(whole.length).trim();
  }
  return script;
}

function parseBody(body: string, handle: string): HeaderStatement[] | undefined {
  const statements: HeaderStatement[] = [];
  let rest = body;
  while (rest !== '') {
    const [whole, on, operation, name, value = ''] = statementPattern.exec(rest) ?? [];
    if (whole === undefined || on !== handle) return undefined;
    statements.push({ operation: operation as HeaderStatement['operation'], name: name as string, value });
    rest = rest.slice(whole.length).trim();
  }
  return statements;
}

function withoutComments(code: string): string {
  return code.replace(/--(?!\[)[^\n]*/g, '').trim();
}

function change(request: HttpRequest, { operation, name, value }: HeaderStatement): void {
  const lower = name.toLowerCase();
  if (lower === 'host' || lower === ':authority') {
    if (operation === 'replace') request.authority = value;
    return;
  }
  if (lower === ':path' && operation === 'replace') request.path = value;
  else if (operation === 'add') request.headers.add(lower, value);
  else if (operation === 'replace') request.headers.set(lower, value);
  else request.headers.delete(lower);
}

function added(statements: readonly HeaderStatement[]): Headers {
  const headers = new Headers();
  for (const { name, value } of statements) headers.add(name, value);
  return headers;
}
