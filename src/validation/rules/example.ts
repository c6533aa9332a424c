const apiVersions = {
  AuthorizationPolicy: 'security.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  Gateway: 'networking.istio.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
  ProxyConfig: 'networking.istio.io/v1beta1',
  RequestAuthentication: 'security.istio.io/v1',
  ServiceEntry: 'networking.istio.io/v1',
  Sidecar: 'networking.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  TrafficExtension: 'extensions.istio.io/v1alpha1',
  VirtualService: 'networking.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
  WorkloadEntry: 'networking.istio.io/v1',
  WorkloadGroup: 'networking.istio.io/v1',
};

/** What an example has besides its spec. */
export interface ExampleMetadata {
  /** Default: `example`. */
  readonly name?: string;
  readonly namespace?: string;
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * A whole object for the page of a rule, around the YAML of a spec. An empty spec leaves the field out.
 *
 * @param spec lines without the indentation that they get below `spec:`
 */
export function example(kind: keyof typeof apiVersions, spec: string, { name = 'example', namespace, annotations = {} }: ExampleMetadata = {}): string {
  const lines = [`apiVersion: ${apiVersions[kind]}`, `kind: ${kind}`, 'metadata:', `  name: ${name}`];
  if (namespace !== undefined) {
    lines.push(`  namespace: ${namespace}`);
  }
  const entries = Object.entries(annotations);
  if (entries.length > 0) {
    lines.push('  annotations:', ...entries.map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`));
  }
  if (spec.trim() !== '') {
    lines.push('spec:', indent(spec));
  }
  return `${lines.join('\n')}\n`;
}

/** The lines of a text, two spaces further right. */
export function indent(text: string): string {
  return text
    .replace(/^\n|\s+$/g, '')
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
}

/** The lines of a text as one item of a YAML list. */
export function listItem(text: string): string {
  return indent(text).replace(/^ {2}/, '- ');
}
