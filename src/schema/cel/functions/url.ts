import { MapLiteralValue } from '../containers';
import { CelEvaluationError } from '../errors';
import { OpaqueValue } from '../values';
import { checkRequestUri, formatGoUrl, type GoUrl, hostname, parseGoUrl, port, queryParameters } from './go-url';
import type { Library } from './library';

/** The value that `url()` makes. */
class Url extends OpaqueValue {
  constructor(readonly parts: GoUrl) {
    super();
  }

  get type(): string {
    return 'kubernetes.URL';
  }

  equals(other: OpaqueValue): boolean {
    return other instanceof Url && other.toString() === this.toString();
  }

  override toString(): string {
    return formatGoUrl(this.parts);
  }
}

function parseUrl(text: string): Url {
  try {
    return new Url(parseGoUrl(text));
  } catch (error) {
    throw new CelEvaluationError(`URL parse error during conversion from string: ${(error as Error).message}`);
  }
}

/** Whether a text is an absolute URL, or an absolute path, for Go. */
function isUrl(text: string): boolean {
  try {
    checkRequestUri(text);
    return true;
  } catch {
    return false;
  }
}

function query(url: Url): MapLiteralValue {
  const map = new MapLiteralValue();
  for (const [key, values] of queryParameters(url.parts)) {
    map.set(key, values);
  }
  return map;
}

/** Functions on URLs, of Kubernetes. */
export const URLS: Library = {
  'url(string)': parseUrl,
  'isURL(string)': isUrl,
  'URL.getScheme()': (url: Url) => url.parts.scheme,
  'URL.getHost()': (url: Url) => url.parts.host,
  'URL.getHostname()': (url: Url) => hostname(url.parts),
  'URL.getPort()': (url: Url) => port(url.parts),
  'URL.getEscapedPath()': (url: Url) => url.parts.escapedPath,
  'URL.getQuery()': query,
};
