/** The host of a Host header, in lower case and without the port that may stand behind it. */
export function hostOf(authority: string): string {
  const host = authority.toLowerCase();
  const colon = host.lastIndexOf(':');
  return colon < 0 || host.lastIndexOf(']') > colon ? host : host.slice(0, colon);
}

/**
 * The domains of virtual hosts, looked up as Envoy does: the name itself, then the longest wildcard that covers it, then `*`. A wildcard stands for at least one character. A domain
 * belongs to the first that claims it.
 */
export class DomainTable<T> {
  private readonly byDomain = new Map<string, T>();
  /** How long the wildcards are without their `*`, the longest first. */
  private suffixLengths: readonly number[] = [];

  /** @returns whether the domain was still free */
  add(domain: string, value: T): boolean {
    const key = domain.toLowerCase();
    if (this.byDomain.has(key)) return false;
    this.byDomain.set(key, value);
    const length = key.length - 1;
    if (key.startsWith('*') && length > 0 && !this.suffixLengths.includes(length)) {
      this.suffixLengths = [...this.suffixLengths, length].sort((one, other) => other - one);
    }
    return true;
  }

  get(domain: string): T | undefined {
    return this.byDomain.get(domain.toLowerCase());
  }

  /** Those that a host could belong to, the one that it does belong to first. */
  *candidates(host: string): Generator<T> {
    const keys = [host, ...this.suffixLengths.filter((length) => length < host.length).map((length) => `*${host.slice(-length)}`), '*'];
    for (const key of keys) {
      const value = this.byDomain.get(key);
      if (value !== undefined) yield value;
    }
  }

  find(host: string): T | undefined {
    return this.candidates(host).next().value;
  }
}
