import { badInput } from './bad-input';

/** A method of HTTP, in upper case as policies compare it. gRPC calls are all `POST`. */
export type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'CONNECT' | 'TRACE';

/** What of the callee a caller uses. Everything, where nothing is said. */
export interface CallOptions {
  /** Ports of the callee's Service. They are written as the ports of its pods where those are known to differ: see `ServiceFacts`. @default - all */
  readonly ports?: readonly number[];
  /** @default - all */
  readonly methods?: readonly Method[];
  /** Exact (`/status`), by prefix (`/api/*`), by suffix (`*.css`), or a template (`/users/{*}/orders`). @default - all */
  readonly paths?: readonly string[];
}

/** What a policy takes as a path: `*` at one end only, or whole segments as `{*}` and `{**}`. */
const pathPattern = /^(?:\*|\/[^*{}]*\*?|\*[^*{}]+|\/(?:[^*{}]|\{\*\*?\})*)$/;

/** Throws for calls that no policy can hold. */
export function checkOptions({ ports, methods, paths }: CallOptions): void {
  for (const [field, values] of Object.entries({ ports, methods, paths })) {
    if (values?.length === 0) throw badInput(`${field} of the call is an empty list; leave it out for all, or leave out the call for none`);
  }
  for (const port of ports ?? []) checkPort(port);
  for (const method of methods ?? []) {
    if (!/^[A-Z]+$/.test(method)) throw badInput(`${JSON.stringify(method)} is no method: policies compare them in upper case, such as GET`);
  }
  for (const path of paths ?? []) {
    if (!pathPattern.test(path))
      throw badInput(`the path ${JSON.stringify(path)} matches nothing: write /exact, /prefix*, *suffix, or whole segments as /users/{*}/orders`);
  }
}

function checkPort(port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw badInput(`${port} is no port: it is a whole number from 1 to 65535`);
}
