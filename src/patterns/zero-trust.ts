import { Construct } from 'constructs';
import type { Operation, Rule } from '../../imports/security.istio.io';
import { AuthorizationPolicy } from '../constructs/authorization-policy';
import { trustDomain } from '../constructs/mesh-context';
import { PeerAuthentication } from '../constructs/peer-authentication';
import { badInput } from './bad-input';
import type { CallGraph, ResolvedCall } from './call-graph';
import type { Ingress } from './ingress-call';
import { requireNamespace } from './namespace';
import { NetworkPolicies } from './network-policies';
import type { Program } from './program';
import { SidecarScopes, type SidecarScopesProps } from './sidecar-scopes';

/** Props of {@link ZeroTrust}. */
export interface ZeroTrustProps<Name extends string = string> {
  /** Who calls whom. */
  readonly calls: CallGraph<Name>;
  /** What ingress gateways call. @default - nothing */
  readonly ingress?: Ingress<Name>;
  /** The namespace that is closed. @default - that of the chart */
  readonly namespace?: string;
  /** Istio's root namespace, whose policies hold everywhere, and where istiod runs. @default 'istio-system' */
  readonly rootNamespace?: string;
  /** How the sidecars are scoped, or false to leave them as they are. @default - each knows its callees only */
  readonly sidecars?: Pick<SidecarScopesProps, 'outbound' | 'everywhere'> | false;
  /** False leaves out the Kubernetes NetworkPolicies. @default true */
  readonly networkPolicies?: boolean;
}

/**
 * A namespace in which nobody is trusted for being inside: mutual TLS only, nothing allowed, and then each call of the graph, by the caller's identity.
 * The same graph scopes the sidecars and the network.
 */
export class ZeroTrust<Name extends string = string> extends Construct {
  /** STRICT for the namespace: identities are only known of callers that show a certificate. */
  readonly peerAuthentication: PeerAuthentication;
  /** Selects every pod and allows nothing, so that a service that nobody may call is closed too. */
  readonly allowNothing: AuthorizationPolicy;
  /** One for each service that is called, by its name. */
  readonly policies: Readonly<Record<string, AuthorizationPolicy>>;
  readonly sidecars: SidecarScopes<Name> | undefined;
  readonly networkPolicies: NetworkPolicies<Name> | undefined;

  constructor(scope: Construct, id: string, props: ZeroTrustProps<Name>) {
    super(scope, id);
    const { calls, ingress = [], sidecars = {} } = props;
    const namespace = requireNamespace(this, props.namespace);
    const rootNamespace = props.rootNamespace ?? 'istio-system';
    if (namespace === rootNamespace) throw badInput(`${namespace} is the root namespace of the mesh: what is closed there is closed in every namespace`);
    const graph = calls.resolve(namespace, ingress);

    this.peerAuthentication = new PeerAuthentication(this, 'strict', { metadata: { name: 'default', namespace }, mtls: { mode: 'STRICT' } });
    this.allowNothing = new AuthorizationPolicy(this, 'allow-nothing', { metadata: { name: 'allow-nothing', namespace } });
    const called = graph.programs
      .map((program) => [program, graph.calls.filter(({ to }) => to === program)] as const)
      .filter(([, received]) => received.length > 0);
    this.policies = Object.fromEntries(called.map(([program, received]) => [program.name, this.allow(program, received)]));

    const common = { calls, namespace };
    this.sidecars = sidecars === false ? undefined : new SidecarScopes(this, 'sidecars', { ...sidecars, ...common });
    this.networkPolicies = props.networkPolicies === false ? undefined : new NetworkPolicies(this, 'network', { ...common, ingress, rootNamespace });
  }

  private allow({ name, namespace, labels }: Program, received: readonly ResolvedCall[]): AuthorizationPolicy {
    const callers = [...new Set(received.map(({ from }) => from))];
    return new AuthorizationPolicy(this, `${name}-callers`, {
      metadata: { name, namespace },
      selector: { matchLabels: labels },
      rules: callers.map((caller) => this.rule(caller, received)),
    });
  }

  /** Who, and what: in one rule both have to hold. Two rules would let in whom either describes. */
  private rule(caller: Program, received: readonly ResolvedCall[]): Rule {
    const principals = caller.serviceAccounts.map((account) => `${trustDomain(this)}/ns/${caller.namespace}/sa/${account}`);
    const operations = received.filter(({ from }) => from === caller).map(operation);
    const isEverything = operations.some((one) => Object.keys(one).length === 0);
    return { from: [{ source: { principals } }], ...(isEverything ? {} : { to: operations.map((one) => ({ operation: one })) }) };
  }
}

function operation({ ports, methods, paths }: ResolvedCall): Operation {
  return {
    ...(ports.length > 0 ? { ports: ports.map(String) } : {}),
    ...(methods.length > 0 ? { methods } : {}),
    ...(paths.length > 0 ? { paths } : {}),
  };
}
