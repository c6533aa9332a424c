import type { Diagnostic, ObjectIdentity } from '../manifest/diagnostic';
import { isHostSubset } from '../manifest/host';
import { labelsMatch } from '../manifest/labels';
import { identityOf, type Manifest } from '../manifest/manifest';
import type { ConfigObject } from '../mesh/config-object';
import { mergedGateway } from '../mesh/gateways';
import { type MeshModel, perMesh } from '../mesh/model';
import { requestAuthenticationsOf } from '../mesh/policies';
import type { Workload } from '../mesh/workload';
import { findCluster } from './istiod/clusters';
import { isTakenForGranted } from './istiod/credentials';
import { unsimulatedEnvoyFilters } from './istiod/envoy-filters';
import { BUILTIN, credentialNames } from './istiod/server-tls';
import type { Hop } from './journey';

/** Kinds that only observe, or only say how a proxy is run; EnvoyFilters are looked at one by one. */
const withoutEffectOnAnswers: ReadonlySet<string> = new Set(['EnvoyFilter', 'Telemetry', 'ProxyConfig', 'WorkloadGroup', 'WorkloadEntry']);

type Selecting = {
  readonly workloadSelector?: { readonly labels?: Readonly<Record<string, string>> };
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
};

/** Sentences about the objects that would change what a proxy does and that are not simulated, such as an EnvoyFilter. */
export function unsimulatedAt(mesh: MeshModel, proxy: Workload): readonly string[] {
  return [...unsimulated(mesh).filter((object) => applies(mesh, object, proxy)), ...unsimulatedEnvoyFilters(mesh, proxy)].map(
    ({ kind, namespace, name }) => `${kind} ${namespace}/${name} applies to ${proxy.name}.${proxy.namespace}, and its effect is not simulated`,
  );
}

/** Sentences about what a DestinationRule asks for on the way to a cluster and that is not simulated, such as a tunnel. */
export function unsimulatedTowards(mesh: MeshModel, proxy: Workload, cluster: string): readonly string[] {
  const found = findCluster(mesh, proxy, cluster)?.unsimulated ?? [];
  return found.map(({ text, source }) => {
    return `${titleOfObject(source && identityOf(source.manifest.object))} says that ${text}, which is not simulated`;
  });
}

const unsimulated = perMesh(
  ({ objects }) => objects.others.filter((object) => !withoutEffectOnAnswers.has(object.kind) && !isOfGatewayApi(object)) as readonly ConfigObject<Selecting>[],
);

function isOfGatewayApi({ manifest }: ConfigObject<unknown>): boolean {
  return String(manifest.object.apiVersion).startsWith('gateway.networking.k8s.io/');
}

/** Sentences about the objects of the Gateway API, which may change the way of any request. */
export const unsimulatedInMesh = perMesh(({ objects }): readonly string[] =>
  objects.others.filter(isOfGatewayApi).map(({ manifest }) => `${titleOf(manifest)} is not simulated: objects of the Gateway API take no part in the answers`),
);

/** Sentences about the objects that a cluster refuses, with the first reason and its place. */
export function refusals(errors: readonly Diagnostic[], judge: string): readonly string[] {
  const first = new Map<string, string>();
  for (const { object, message, location, construct } of errors) {
    const title = titleOfObject(object);
    const place = location === undefined ? construct : `${location.file}:${location.line}`;
    if (!first.has(title)) first.set(title, `${title} takes no part: ${judge} refuses it: ${message}${place === undefined ? '' : ` (${place})`}`);
  }
  return [...first.values()];
}

/** Sentences about the Secrets of a gateway that nobody lists, and with which one of its servers takes a connection. */
export function assumedSecrets(mesh: MeshModel, gateway: Workload, serverName: string, port: number | undefined): readonly string[] {
  return mergedGateway(mesh, gateway).ports.flatMap(({ number, servers }) =>
    servers.flatMap(({ tls, hosts, gateway: name }) => {
      const isMet = (port === undefined || number === port) && hosts.some((host) => isHostSubset(serverName, host.slice(host.indexOf('/') + 1)));
      return !tls || !isMet
        ? []
        : credentialNames(tls)
            .filter((credential) => credential !== BUILTIN && isTakenForGranted(mesh, gateway.namespace, credential))
            .map((credential) => `Secret ${credential} of Gateway ${name} is taken for granted`);
    }),
  );
}

/** A sentence about claims that nobody on the way reads. */
export function unreadClaims(mesh: MeshModel, hops: readonly Hop[]): readonly string[] {
  const isRead = hops.some(
    ({ proxy, side }) => side !== 'outbound' && requestAuthenticationsOf(mesh, proxy).some(({ spec }) => (spec.jwtRules ?? []).length > 0),
  );
  return isRead ? [] : ['the claims mean nothing: no RequestAuthentication on the way looks at them'];
}

function titleOf({ object }: Manifest): string {
  return titleOfObject(identityOf(object));
}

/** Kinds that belong to no namespace. */
const clusterScoped: ReadonlySet<string> = new Set(['GatewayClass', 'Namespace']);

function titleOfObject({ kind, namespace = 'default', name }: Partial<ObjectIdentity> = {}): string {
  return `${kind} ${clusterScoped.has(kind ?? '') ? '' : `${namespace}/`}${name || '(without a name)'}`;
}

function applies({ config }: MeshModel, { namespace, spec }: ConfigObject<Selecting>, proxy: Workload): boolean {
  const selector = spec.workloadSelector?.labels ?? spec.selector?.matchLabels ?? {};
  return (namespace === config.rootNamespace || namespace === proxy.namespace) && labelsMatch(selector, proxy.labels);
}
