import { isIp } from '../../manifest/ip';
import type { Source } from '../../mesh/config-object';
import type { DestinationRule } from '../../mesh/destination-rules';
import type { MeshModel } from '../../mesh/model';
import { mtlsMode, namespaceMtlsMode } from '../../mesh/peer-authentications';
import type { Endpoint, Service } from '../../mesh/service';
import { identitiesOf } from '../../mesh/service-identities';
import type { ClientTlsSpec, TrafficPolicySpec } from '../../mesh/specs/destination-rule';
import { type PolicyPart, subsetPolicyOf } from '../../mesh/traffic-policy';
import { spiffeIdentity, type Workload } from '../../mesh/workload';
import type { Cluster } from '../envoy/cluster';
import type { HttpRequest } from '../envoy/http';
import { certificateCovers } from '../network/certificates';
import type { Certificate, ClientHello } from '../network/connection';
import { authorityFile, certificateFile, secretAuthority, secretCertificate } from './credentials';

/** What decides about the TLS of a cluster. */
export interface TlsQuestion {
  readonly mesh: MeshModel;
  readonly proxy: Workload;
  readonly service: Service;
  readonly port: number;
  /** Empty for the whole service. */
  readonly subset: string;
  readonly rule: DestinationRule | undefined;
  /** What the DestinationRule says of TLS for this port and subset. */
  readonly tls: PolicyPart<ClientTlsSpec> | undefined;
  readonly type: Cluster['type'];
  readonly http2: boolean;
}

/** The TLS that a proxy begins towards the endpoints of a cluster. */
export type ClientTls = Pick<Cluster, 'tls' | 'tlsSource'>;

/** What is decided about one endpoint: how TLS begins, and which field says so. */
interface Decision {
  readonly hello?: (request: HttpRequest | undefined) => ClientHello;
  readonly source?: Source;
}

/** Chooses the TLS of a cluster as its DestinationRule says, or else mutual TLS wherever the other side is ready for it. */
export function clientTls(question: TlsQuestion): ClientTls {
  const decide = question.tls === undefined ? automatic(question) : written(question, question.tls);
  return {
    tls: (endpoint, request) => decide(endpoint).hello?.(request),
    tlsSource: (endpoint) => decide(endpoint).source,
  };
}

type Decide = (endpoint: Endpoint) => Decision;

function always(decision: Decision): Decide {
  return () => decision;
}

function written(question: TlsQuestion, { spec, source }: PolicyPart<ClientTlsSpec>): Decide {
  const origin = source === undefined ? {} : { source };
  switch (spec.mode ?? 'DISABLE') {
    case 'DISABLE':
      return always(origin);
    case 'ISTIO_MUTUAL':
      return always({ hello: meshHello(question, spec), ...origin });
    default: {
      const hello = ownHello(question, spec);
      return always({ ...(hello && { hello }), ...origin });
    }
  }
}

function automatic(question: TlsQuestion): Decide {
  const { mesh, service, port, subset, rule, type } = question;
  if (service.isMeshExternal || !mesh.config.enableAutoMtls) return always({});
  const assumed = assumedMode(question);
  if (assumed.mode === 'DISABLE') return always(assumed.source === undefined ? {} : { source: assumed.source });
  const hello = meshHello(question, {});
  // A connection to an original destination cannot tell endpoints apart, and a name that is looked up for one request is no endpoint that istiod knows.
  if (type === 'originalDestination') return always({ hello });
  if (type === 'dynamic') return always({});
  const judge = readiness(mesh, rule, subset, port);
  return (endpoint) => {
    const { isReady, source } = judge(endpoint);
    return { ...(isReady && { hello }), ...(source && { source }) };
  };
}

/** Says of endpoints whether they are ready for mutual TLS: they have a sidecar, and neither the rule nor the policies of the workload speak against it. */
export function readiness(
  mesh: MeshModel,
  rule: DestinationRule | undefined,
  subset: string,
  port: number,
): (endpoint: Endpoint) => { readonly isReady: boolean; readonly source?: Source } {
  const inRule = modeInRule(rule, subset, port);
  return (endpoint) => {
    if (endpoint.tlsMode !== 'istio') return { isReady: false };
    if (inRule !== undefined) return { isReady: inRule.mode === 'ISTIO_MUTUAL', source: inRule.source };
    const { mode, source } = mtlsMode(mesh, endpoint, endpoint.port);
    return { isReady: mode !== 'DISABLE', ...(source && { source }) };
  };
}

/** What istiod takes for the mode of a service before it looks at single endpoints. Policies of workloads are not asked. */
function assumedMode({ mesh, service, port, subset, rule }: TlsQuestion): { readonly mode: string; readonly source?: Source } {
  const policy = subset === '' ? rule?.trafficPolicy?.spec : rule && subsetPolicyOf(rule, subset)?.spec;
  if (service.resolution === 'NONE' || policy?.loadBalancer?.simple === 'PASSTHROUGH') {
    const endpoints = service.endpoints(port);
    if (endpoints.length === 0 || endpoints.some(({ tlsMode }) => tlsMode === 'disabled')) return { mode: 'DISABLE' };
  }
  return namespaceMtlsMode(mesh, service.namespace) ?? { mode: 'PERMISSIVE' };
}

/** The mode that a rule names for a port on any level: where the levels of a rule hide one another, endpoints are still judged by what is hidden. */
function modeInRule(rule: DestinationRule | undefined, subset: string, port: number): { readonly mode: string; readonly source: Source } | undefined {
  if (rule === undefined) return undefined;
  return (subset === '' ? undefined : modeInPolicy(subsetPolicyOf(rule, subset), port)) ?? modeInPolicy(rule.trafficPolicy, port);
}

function modeInPolicy(policy: { readonly spec: TrafficPolicySpec; readonly source: Source } | undefined, port: number) {
  if (policy === undefined) return undefined;
  const { spec, source } = policy;
  const position = spec.portLevelSettings?.findIndex((settings) => settings.port?.number === port && settings.tls) ?? -1;
  const tls = position < 0 ? spec.tls : spec.portLevelSettings?.[position]?.tls;
  if (!tls) return undefined;
  const path = position < 0 ? `${source.path}.tls` : `${source.path}.portLevelSettings[${position}].tls`;
  return { mode: tls.mode ?? 'DISABLE', source: { manifest: source.manifest, path } };
}

/** Istio's mutual TLS: the proxy shows its identity, and trusts those of the service's accounts. */
function meshHello(question: TlsQuestion, { sni, subjectAltNames = [], insecureSkipVerify }: ClientTlsSpec): (request: HttpRequest | undefined) => ClientHello {
  const { mesh, proxy, service, port, subset, http2, type } = question;
  const certificate: Certificate = { ca: 'mesh', hosts: [], uri: spiffeIdentity(mesh.config.trustDomain, proxy.namespace, proxy.serviceAccount) };
  const names = subjectAltNames.length > 0 ? subjectAltNames : identitiesOf(mesh, service);
  const distrusts = (server: Certificate) => distrust(server, 'mesh', names);
  const name = sni || (type === 'dynamic' ? '' : `outbound_.${port}_.${subset}_.${service.hostname}`);
  const connection: ClientHello = { sni: name, alpn: http2 ? ['istio', 'h2'] : ['istio'], certificate, distrusts };
  const ofRequest: ClientHello = { ...connection, alpn: http2 ? ['istio-h2', 'istio', 'h2'] : ['istio-http/1.1', 'istio', 'http/1.1'] };
  if (type !== 'dynamic') return (request) => (request === undefined ? connection : ofRequest);
  return (request) => {
    if (request === undefined) return connection;
    const distrustsHost = (server: Certificate) => distrusts(server) ?? (insecureSkipVerify ? undefined : distrustNames(server, [hostOf(request)]));
    return { ...ofRequest, sni: name || nameOf(request), distrusts: distrustsHost };
  };
}

/** TLS as the author wrote it; nothing where istiod leaves it out. */
function ownHello(question: TlsQuestion, spec: ClientTlsSpec): ((request: HttpRequest | undefined) => ClientHello) | undefined {
  const { mesh, proxy, service, rule, http2, type } = question;
  const { mode, credentialName, sni = '', subjectAltNames = [], insecureSkipVerify = false } = spec;
  // Without a workloadSelector every sidecar would wait for a Secret that most may not read.
  if (credentialName && !credentialName.startsWith('configmap://') && proxy.proxy === 'sidecar' && rule?.workloadSelector === undefined) return undefined;
  if (mode === 'MUTUAL' && !credentialName && !(spec.clientCertificate && spec.privateKey)) return undefined;
  const certificate =
    mode !== 'MUTUAL'
      ? undefined
      : credentialName
        ? secretCertificate(mesh, proxy.namespace, credentialName)
        : certificateFile(mesh, spec.clientCertificate as string);
  const authority = credentialName ? secretAuthority(mesh, proxy.namespace, credentialName) : authorityFile(mesh, spec.caCertificates);
  const missing =
    mode === 'MUTUAL' && certificate === undefined ? 'client certificate' : !insecureSkipVerify && authority === undefined ? 'authority' : undefined;
  const names = subjectAltNames.length > 0 ? subjectAltNames : service.registry === 'External' ? identitiesOf(mesh, service) : [];
  const checksHost = type === 'dynamic' || (sni === '' && subjectAltNames.length === 0);
  const alpn = http2 ? ['h2'] : [];
  return (request) => {
    const host = request === undefined ? '' : nameOf(request);
    return {
      sni: sni || host,
      alpn,
      ...(certificate && { certificate }),
      distrusts: (server) => {
        if (missing !== undefined) return `the ${missing} of the caller does not exist`;
        if (insecureSkipVerify) return undefined;
        return distrust(server, authority as string, names) ?? (checksHost && request !== undefined ? distrustNames(server, [hostOf(request)]) : undefined);
      },
    };
  };
}

function distrust(server: Certificate, authority: string, names: readonly string[]): string | undefined {
  if (server.ca !== authority) return `the caller trusts certificates of ${authority}, and this one is of ${server.ca}`;
  return names.length === 0 ? undefined : distrustNames(server, names);
}

function distrustNames(server: Certificate, names: readonly string[]): string | undefined {
  if (names.some((name) => certificateCovers(server, name) || server.uri === name)) return undefined;
  const shown = [...server.hosts, ...(server.uri === undefined ? [] : [server.uri])].join(', ') || 'nobody by name';
  return `the certificate is for ${shown}, not for ${names.join(' or ')}`;
}

/** The name that a request is for, as TLS can say it: addresses are no names. */
function nameOf(request: HttpRequest): string {
  const host = hostOf(request);
  return host.startsWith('[') || isIp(host) ? '' : host;
}

function hostOf({ authority }: HttpRequest): string {
  return authority.replace(/:\d*$/, '').toLowerCase();
}
