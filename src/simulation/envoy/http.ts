/** Headers of a request or a response: names in lower case, in the order in which they were sent; a name may come several times. */
export class Headers {
  private readonly entries: [name: string, value: string][] = [];

  static of(fields: Readonly<Record<string, string | readonly string[]>>): Headers {
    const headers = new Headers();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of typeof value === 'string' ? [value] : value) headers.add(name, one);
    }
    return headers;
  }

  /** The first value. */
  get(name: string): string | undefined {
    for (const entry of this.entries) if (entry[0] === name) return entry[1];
    return undefined;
  }

  all(name: string): string[] {
    const values: string[] = [];
    for (const entry of this.entries) if (entry[0] === name) values.push(entry[1]);
    return values;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  add(name: string, value: string): void {
    this.entries.push([name.toLowerCase(), value]);
  }

  set(name: string, value: string): void {
    this.delete(name);
    this.add(name, value);
  }

  delete(name: string): void {
    const lower = name.toLowerCase();
    this.deleteWhere((known) => known === lower);
  }

  /** Takes out every header with a name of which something holds. */
  deleteWhere(isUnwanted: (name: string) => boolean): void {
    const { entries } = this;
    let kept = 0;
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index] as [string, string];
      if (!isUnwanted(entry[0])) entries[kept++] = entry;
    }
    entries.length = kept;
  }

  copy(): Headers {
    const copy = new Headers();
    // Entries are never changed, only replaced.
    copy.entries.push(...this.entries);
    return copy;
  }

  /** By name, those that are to be shown; several values of one name are joined with a comma. */
  toRecord(isShown: (name: string) => boolean = () => true): Record<string, string> {
    const record: Record<string, string> = {};
    for (const [name, value] of this.entries) {
      if (isShown(name)) record[name] = Object.hasOwn(record, name) ? `${record[name]},${value}` : value;
    }
    return record;
  }

  [Symbol.iterator](): Iterator<[string, string]> {
    return this.entries[Symbol.iterator]();
  }
}

/** A request as it is on the wire at some point of its way; proxies change their own copy. */
export interface HttpRequest {
  method: string;
  scheme: 'http' | 'https';
  /** The Host header as sent, with the port if it was sent. */
  authority: string;
  /** With query and fragment. */
  path: string;
  headers: Headers;
  body: string;
  /** Of HTTP, on this part of the way. @default - `HTTP/1.1` */
  version?: 'HTTP/1.1' | 'HTTP/2.0' | undefined;
  /** Claims of a token that a test gives in its place: whoever has a rule for their issuer takes them as verified. */
  claims?: Readonly<Record<string, unknown>>;
}

/** The values of a header, in the order in which they were sent; pseudo-headers and Host too. */
export function headerValues(request: HttpRequest, name: string): readonly string[] {
  switch (name) {
    case ':authority':
    case 'host':
      return [request.authority];
    case ':method':
      return [request.method];
    case ':path':
      return [request.path];
    case ':scheme':
      return [request.scheme];
    default:
      return request.headers.all(name);
  }
}

/** An answer as it is on the wire at some point of its way back. */
export interface HttpResponse {
  status: number;
  headers: Headers;
  /** Of answers that do not come from an application. */
  body?: string;
  /** The application that answered; absent when a proxy did. */
  server?: Served;
}

/** What an application received and answered. */
export interface Served {
  /** Workload name, or the host outside the cluster. */
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** The port of the application. */
  readonly port: number;
  readonly sourceIp: string;
  /** The request as received; absent for plain bytes. */
  readonly request?: HttpRequest;
  /** TLS that ended at the application itself. */
  readonly tls?: { readonly sni: string; readonly clientSubject?: string; readonly clientURI?: string };
}

export function copyRequest(request: HttpRequest): HttpRequest {
  return { ...request, headers: request.headers.copy() };
}
