import type { ConfigObject, Source } from './config-object';
import type { ResolvedVirtualService } from './resolved-virtual-service';
import type { Service } from './service';
import type { SidecarPortSpec, SidecarSpec } from './specs/sidecar';

/** What a sidecar is told of the mesh. */
export interface SidecarScope {
  readonly namespace: string;
  /** The Sidecar that applies; without one, everything that is exported to the namespace is known. */
  readonly sidecar?: ConfigObject<SidecarSpec>;
  readonly outboundTrafficPolicy: NonNullable<SidecarSpec['outboundTrafficPolicy']> & { readonly source?: Source };
  /** In order; the last one without port takes all ports that no other names. */
  readonly egress: readonly EgressScope[];
  /** The service of a hostname that this scope knows, through whichever listener, or as the destination of an imported VirtualService. */
  service(hostname: string): Service | undefined;
}

/** What one egress listener imports. */
export interface EgressScope {
  readonly port?: SidecarPortSpec;
  readonly bind?: string;
  readonly captureMode?: 'DEFAULT' | 'IPTABLES' | 'NONE';
  readonly source?: Source;
  /** One service for each hostname: the own namespace's first, then Kubernetes', then the oldest. */
  service(hostname: string): Service | undefined;
  /**
   * All of them, in istiod's order, each hostname of one namespace only; one that a namespace declares several times is there several times. Scopes that import the same
   * share the list, so that it can be the key of what is derived from it.
   */
  services(): readonly Service[];
  /** VirtualServices of the mesh that are imported, in the order in which they count; shared as the services are. */
  virtualServices(): readonly ResolvedVirtualService[];
  /** The ExternalName Services that are imported as other names of a service. */
  aliases(service: Service): readonly Service[];
}
