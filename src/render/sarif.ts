import type { Diagnostic, ObjectIdentity, Severity, SourceLocation } from '../manifest/diagnostic';
import { formatIdentity } from './pretty';

/** What SARIF says of a rule beside its code. */
export interface SarifRule {
  /** One sentence: what is wrong. */
  readonly summary?: string;
  /** The rule's page, in Markdown. */
  readonly help?: string;
  /** Where the rule's page is published. */
  readonly helpUri?: string;
}

/** What a SARIF report needs to know beside the findings. */
export interface SarifOptions {
  /** The version of this package. */
  readonly version?: string;
  /** Where the tool is described. */
  readonly informationUri?: string;
  /** The root of the repository: files below it are named relative to it, as GitHub requires. Default: paths stay as they are. */
  readonly root?: string;
  /** Facts about a rule. Default: its first message stands for it. */
  readonly rule?: (code: string) => SarifRule | undefined;
}

const levels: { readonly [severity in Severity]: string } = { error: 'error', warning: 'warning', info: 'note' };

/** Findings as SARIF 2.1.0, which GitHub code scanning and most editors read; indented by two spaces and ended by a line break. */
export function renderSarif(diagnostics: readonly Diagnostic[], options: SarifOptions = {}): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const fingerprints = new Map<string, number>();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-istio',
            ...(options.version === undefined ? {} : { version: options.version }),
            ...(options.informationUri === undefined ? {} : { informationUri: options.informationUri }),
            rules: codes.map((code) => rule(code, diagnostics.find((diagnostic) => diagnostic.code === code) as Diagnostic, options.rule?.(code))),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => result(diagnostic, codes.indexOf(diagnostic.code), fingerprints, options.root)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rule(code: string, { severity, aliases = [], message, help }: Diagnostic, facts: SarifRule = {}): object {
  return {
    id: code,
    name: code.replace(/(?:^|[/-])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: facts.summary ?? (message.split('\n', 1)[0] as string) },
    ...(facts.helpUri === undefined ? {} : { helpUri: facts.helpUri }),
    ...(facts.help === undefined ? (help === undefined ? {} : { help: { text: help } }) : { help: { text: facts.help, markdown: facts.help } }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['istio', ...aliases] },
  };
}

function result(diagnostic: Diagnostic, ruleIndex: number, fingerprints: Map<string, number>, root: string | undefined): object {
  const { code, severity, object, path, message, location, related = [], fix } = diagnostic;
  const logical = object === undefined ? undefined : logicalLocations(object, path);
  const relatedLocations = related.map((place, index) => ({
    id: index + 1,
    ...(place.location === undefined ? {} : physicalLocation(place.location, root)),
    ...(place.object === undefined ? {} : logicalLocations(place.object, place.path ?? '')),
    message: { text: place.message },
  }));
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: fix === undefined ? message : `${message}\nFix: ${fix}` },
    locations: location === undefined && logical === undefined ? [] : [{ ...(location === undefined ? {} : physicalLocation(location, root)), ...logical }],
    ...(relatedLocations.length === 0 ? {} : { relatedLocations }),
    partialFingerprints: { 'cdk8sIstio/v1': fingerprint(diagnostic, fingerprints, root) },
  };
}

function physicalLocation({ file, line, column }: SourceLocation, root: string | undefined): object {
  return {
    physicalLocation: {
      artifactLocation: artifact(file, root),
      region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
    },
  };
}

function logicalLocations(object: ObjectIdentity, path: string): object {
  const { apiVersion, kind, namespace, name } = object;
  const owner = [apiVersion, kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
  return { logicalLocations: [{ name: formatIdentity(object), fullyQualifiedName: path === '' ? owner : `${owner}#${path}`, kind: 'object' }] };
}

function artifact(file: string, root: string | undefined): { uri: string; uriBaseId?: string } {
  const path = relativeTo(file, root);
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(path)) {
    return { uri: `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf('/'))}` };
  }
  return path.startsWith('/') ? { uri: `file://${encoded}` } : { uri: encoded, uriBaseId: '%SRCROOT%' };
}

function relativeTo(file: string, root: string | undefined): string {
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  const base = root?.replaceAll('\\', '/').replace(/\/?$/, '/');
  return base !== undefined && path.startsWith(base) ? path.slice(base.length) : path;
}

/** Stays the same when lines move: it is made of the rule, the file, the object and the field. Equal ones are numbered. */
function fingerprint({ code, object, path, location }: Diagnostic, seen: Map<string, number>, root: string | undefined): string {
  const file = location === undefined ? '' : relativeTo(location.file, root);
  const hash = fnv1a([code, file, object?.apiVersion, object?.kind, object?.namespace, object?.name, path].map((part) => part ?? '').join('\n'));
  const count = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, count);
  return `${hash}:${count}`;
}

/** The 64-bit FNV-1a hash in hexadecimal: short, and needs no library. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
