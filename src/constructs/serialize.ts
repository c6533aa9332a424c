import { type ApiObject, App, type IResolver, JsonPatch, ResolutionContext } from 'cdk8s';
import type { Schema } from '../../imports/schema';
import { formatPath } from '../manifest/path';
import type { ObjectState } from './object-state';
import { isReferent, writeReference } from './references';
import { acceptsNull, schemaAt } from './schema-at';

type PlainObject = Record<string, unknown>;

/**
 * Writes an object as its manifest in one pass, with the result of cdk8s' own three: values are resolved, keys sorted, and properties without a value dropped.
 * Two things differ. Objects that stand in for a name are written as that name, and a null is kept where the schema leaves the fields to somebody else.
 */
export function serialize(object: ApiObject, state: ObjectState): PlainObject {
  const head = { apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata.toJson() };
  const body = { ...state.rest, ...(state.spec ? { spec: state.spec } : {}) };
  const [, version = ''] = object.apiVersion.split('/');
  const json = new Writer(object, state.kind.schemas?.[version] ?? state.kind.schema).write({ ...head, ...body });
  return identityFirst(state.patches.length > 0 ? JsonPatch.apply(json, ...state.patches) : json);
}

function identityFirst(json: PlainObject): PlainObject {
  const result: PlainObject = {};
  for (const key of ['apiVersion', 'kind', 'metadata', ...Object.keys(json)]) if (key in json) result[key] = json[key];
  return result;
}

/** The resolvers that cdk8s gives every App act on class instances and functions only, so plain data may pass them by. */
const STANDARD_RESOLVERS = new Set(['LazyResolver', 'ImplicitTokenResolver', 'NumberStringUnionResolver']);

class Writer {
  /** The place of the value that is being written. */
  private readonly path: (string | number)[] = [];
  private readonly resolvers: readonly IResolver[];
  /** A resolver of the user's sees every value, as in cdk8s. */
  private readonly resolvesAll: boolean;
  private readonly sorts = !process.env.CDK8S_DISABLE_SORT;

  constructor(
    private readonly object: ApiObject,
    private readonly schema: Schema,
  ) {
    this.resolvers = App.of(object).resolvers;
    this.resolvesAll = this.resolvers.some((resolver) => !STANDARD_RESOLVERS.has(resolver.constructor.name));
  }

  write(root: PlainObject): PlainObject {
    return this.value(root) as PlainObject;
  }

  private value(value: unknown): unknown {
    if (value === null || value === undefined) return undefined;
    if (this.resolvesAll) {
      const resolved = this.resolve(value);
      if (resolved !== value) return this.value(resolved);
    }
    if (typeof value !== 'object') {
      if (typeof value === 'number' && !Number.isFinite(value)) throw this.error(`${value} is no number that YAML or JSON can carry to a cluster`);
      if (typeof value === 'function' || typeof value === 'symbol') throw this.error(`can't render a ${typeof value}`);
      return value;
    }
    if (Array.isArray(value)) return this.list(value);
    return isPlain(value) ? this.plain(value as PlainObject) : this.instance(value);
  }

  private list(items: readonly unknown[]): unknown[] {
    const depth = this.path.length;
    const result = items.map((item, index) => {
      this.path[depth] = index;
      return this.value(item) ?? null;
    });
    this.path.length = depth;
    return result;
  }

  private plain(value: PlainObject): unknown {
    if (typeof value.resolve === 'function') return this.value(this.resolve(value));
    if (typeof value.apiVersion === 'string' && this.path.length > 0 && isReferent(value)) {
      const written = this.reference(value);
      if (written !== undefined) return written;
    }
    const result: PlainObject = {};
    const depth = this.path.length;
    const keys = Object.keys(value);
    for (const key of this.sorts ? keys.sort() : keys) {
      const field = value[key];
      if (field === undefined) continue;
      this.path[depth] = key;
      const written = this.value(field) ?? (field === null && acceptsNull(this.schema, this.path) ? null : undefined);
      if (written !== undefined) result[key] = written;
    }
    this.path.length = depth;
    return result;
  }

  /** A class instance: something that resolves to a value, or an object that stands in for its name. */
  private instance(value: object): unknown {
    const resolved = this.resolve(value);
    if (resolved !== value) return this.value(resolved);
    const written = isReferent(value) ? this.reference(value) : undefined;
    if (written === undefined) throw this.error(`can't render non-simple object of type '${value.constructor?.name}'`);
    return written;
  }

  /** One round of the App's resolvers; the value itself when none of them replaces it. */
  private resolve(value: unknown): unknown {
    const context = new ResolutionContext(this.object, this.path.map(String), value);
    for (const resolver of this.resolvers) {
      try {
        resolver.resolve(context);
      } catch (error) {
        throw this.error((error as Error).message, error);
      }
      if (context.replaced) return context.replacedValue;
    }
    return value;
  }

  private reference(value: object): unknown {
    const schema = schemaAt(this.schema, this.path);
    if (!schema?.reference) return undefined;
    try {
      return writeReference(schema.reference, value, this.object, schema);
    } catch (error) {
      throw this.error((error as Error).message); // Our own words, which need no trace.
    }
  }

  private error(text: string, cause?: unknown): Error {
    return new Error(`${formatPath(this.path)}: ${text}`, { cause });
  }
}

/** Data as a literal makes it, of whichever realm (jest runs tests in one of their own), or without a prototype. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
