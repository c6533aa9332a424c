import { Construct } from 'constructs';
import type { OutboundTrafficPolicyMode } from '../../imports/networking.istio.io';
import { clusterDomain } from '../constructs/mesh-context';
import { Sidecar } from '../constructs/sidecar';
import { fullyQualified } from '../manifest/host';
import type { CallGraph, ResolvedGraph } from './call-graph';
import { requireNamespace } from './namespace';
import type { Program } from './program';

/** Props of {@link SidecarScopes}. */
export interface SidecarScopesProps<Name extends string = string> {
  readonly calls: CallGraph<Name>;
  /** The namespace whose sidecars are scoped. @default - that of the chart */
  readonly namespace?: string;
  /**
   * What becomes of hosts that a sidecar does not know. `ALLOW_ANY` passes them on, in plain text and by their address.
   * @default 'REGISTRY_ONLY'
   */
  readonly outbound?: OutboundTrafficPolicyMode;
  /** What every sidecar sees beside its callees, as `namespace/host`. @default - everything in istio-system */
  readonly everywhere?: readonly string[];
}

/**
 * What each sidecar of a namespace knows of the mesh: the services that its program calls, and nothing else. Sidecars so stay small, and do not follow what others do.
 * Pods that the graph does not name know only what every sidecar sees.
 */
export class SidecarScopes<Name extends string = string> extends Construct {
  /** For the pods that the graph does not name. */
  readonly others: Sidecar;
  /** By the name of the service. */
  readonly services: Readonly<Record<string, Sidecar>>;

  constructor(scope: Construct, id: string, props: SidecarScopesProps<Name>) {
    super(scope, id);
    const namespace = requireNamespace(this, props.namespace);
    const { outbound = 'REGISTRY_ONLY', everywhere = ['istio-system/*'] } = props;
    const graph = props.calls.resolve(namespace);
    const sidecar = (id: string, name: string, workload: object, hosts: readonly string[]): Sidecar =>
      new Sidecar(this, id, {
        metadata: { name, namespace },
        ...workload,
        egress: [{ hosts: [...hosts, ...everywhere] }],
        outboundTrafficPolicy: { mode: outbound },
      });
    this.others = sidecar('default', 'default', {}, []);
    this.services = Object.fromEntries(
      graph.programs.map((program) => [
        program.name,
        sidecar(
          `${program.name}-callees`,
          program.name,
          { workloadSelector: { labels: program.labels } },
          calleesOf(program, graph, namespace, clusterDomain(this)),
        ),
      ]),
    );
  }
}

function calleesOf(program: Program, { calls, externalCalls }: ResolvedGraph, namespace: string, domain: string): readonly string[] {
  const visible = (host: string, owner: string): string => `${owner === namespace ? '.' : owner}/${host}`;
  const services = calls.filter(({ from }) => from === program).map(({ to }) => visible(fullyQualified(to.name, to.namespace, domain), to.namespace));
  const external = externalCalls.filter(({ from }) => from === program).flatMap((call) => call.hosts.map((host) => visible(host, call.namespace)));
  return [...new Set([...services, ...external])];
}
