import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { CallGraph, ResolvedGraph } from './call-graph';
import type { Ingress } from './ingress-call';
import { requireNamespace } from './namespace';
import type { Program } from './program';

/** Props of {@link NetworkPolicies}. */
export interface NetworkPoliciesProps<Name extends string = string> {
  readonly calls: CallGraph<Name>;
  /** The services that ingress gateways call. @default - none */
  readonly ingress?: Ingress<Name>;
  /** The namespace whose pods are fenced. @default - that of the chart */
  readonly namespace?: string;
  /** Where istiod runs. @default 'istio-system' */
  readonly rootNamespace?: string;
}

/** Where a sidecar answers for its pod: probes and metrics that it answers for the program, its own readiness, its own metrics. */
const sidecarPorts = [15020, 15021, 15090];

/** Certificates and configuration. */
const istiodPort = 15012;

/**
 * Kubernetes NetworkPolicies for a namespace: its pods connect as the call graph says, whether or not their sidecars agree.
 * What every pod with a sidecar needs stays open: DNS, istiod, and the ports for probes and metrics.
 */
export class NetworkPolicies<Name extends string = string> extends Construct {
  /** Closes the namespace, and opens what every pod needs. */
  readonly others: ApiObject;
  /** By the name of the service. */
  readonly services: Readonly<Record<string, ApiObject>>;

  constructor(scope: Construct, id: string, props: NetworkPoliciesProps<Name>) {
    super(scope, id);
    const namespace = requireNamespace(this, props.namespace);
    const graph = props.calls.resolve(namespace, props.ingress);
    const policy = (id: string, name: string, spec: object): ApiObject =>
      new ApiObject(this, id, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name, namespace },
        spec: { ...spec, policyTypes: ['Ingress', 'Egress'] },
      });
    this.others = policy('mesh-only', 'mesh-only', {
      podSelector: {},
      ingress: [{ ports: tcp(sidecarPorts) }],
      egress: [
        { ports: [{ protocol: 'UDP', port: 53 }, ...tcp([53])] },
        { to: [peer({ namespace: props.rootNamespace ?? 'istio-system', labels: { app: 'istiod' } }, namespace)], ports: tcp([istiodPort]) },
      ],
    });
    this.services = Object.fromEntries(
      graph.programs.map((program) => [
        program.name,
        policy(`${program.name}-calls`, program.name, {
          podSelector: { matchLabels: program.labels },
          ingress: callers(program, graph, namespace),
          egress: [...callees(program, graph, namespace), ...hostsOutside(program, graph)],
        }),
      ]),
    );
  }
}

function callers(program: Program, { calls }: ResolvedGraph, namespace: string): object[] {
  return calls.filter(({ to }) => to === program).map(({ from, ports }) => ({ from: [peer(from, namespace)], ...onPorts(ports) }));
}

function callees(program: Program, { calls }: ResolvedGraph, namespace: string): object[] {
  return calls.filter(({ from }) => from === program).map(({ to, ports }) => ({ to: [peer(to, namespace)], ...onPorts(ports) }));
}

/** A NetworkPolicy knows no host names: any address, but only the ports. The Sidecar holds the hosts. */
function hostsOutside(program: Program, { externalCalls }: ResolvedGraph): object[] {
  return externalCalls.filter(({ from }) => from === program).map(({ ports }) => onPorts(ports));
}

function peer({ namespace, labels }: Pick<Program, 'namespace' | 'labels'>, own: string): object {
  const there = namespace === own ? {} : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
  return { ...there, podSelector: { matchLabels: labels } };
}

const tcp = (ports: readonly number[]): object[] => ports.map((port) => ({ protocol: 'TCP', port }));

const onPorts = (ports: readonly number[]): object => (ports.length > 0 ? { ports: tcp(ports) } : {});
