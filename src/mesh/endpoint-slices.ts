import type { Manifest } from '../manifest/manifest';
import { configObject } from './config-object';

/** Addresses and ports that a manifest gives to a Service of Kubernetes. */
export interface EndpointSlice {
  readonly ports: readonly { readonly name?: string; readonly port?: number }[];
  readonly endpoints: readonly {
    readonly addresses: readonly string[];
    readonly ready: boolean;
    /** The pod that has the addresses, where the slice names one. */
    readonly pod?: { readonly name: string; readonly namespace: string };
  }[];
  /** From an Endpoints object, which counts only for Services without selector. */
  readonly isMirrored: boolean;
}

interface SliceObject {
  readonly addressType?: string;
  readonly ports?: EndpointSlice['ports'];
  readonly endpoints?: readonly {
    readonly addresses?: readonly string[];
    readonly conditions?: { readonly ready?: boolean };
    readonly targetRef?: TargetReference;
  }[];
}

interface EndpointsObject {
  readonly subsets?: readonly {
    readonly addresses?: readonly AddressOfEndpoints[];
    readonly notReadyAddresses?: readonly AddressOfEndpoints[];
    readonly ports?: EndpointSlice['ports'];
  }[];
}

interface AddressOfEndpoints {
  readonly ip: string;
  readonly targetRef?: TargetReference;
}

interface TargetReference {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** EndpointSlices and Endpoints by `namespace/name` of their Service. */
export function endpointSlices(manifests: readonly Manifest[]): ReadonlyMap<string, readonly EndpointSlice[]> {
  const found = new Map<string, EndpointSlice[]>();
  for (const manifest of manifests) {
    const { kind, namespace, name, labels } = configObject<unknown>(manifest);
    const service = kind === 'EndpointSlice' ? labels['kubernetes.io/service-name'] : kind === 'Endpoints' ? name : undefined;
    if (!service) continue;
    const key = `${namespace}/${service}`;
    const slices = kind === 'EndpointSlice' ? ofSlice(manifest.object as SliceObject, namespace) : ofEndpoints(manifest.object as EndpointsObject, namespace);
    const known = found.get(key);
    if (known === undefined) found.set(key, slices);
    else known.push(...slices);
  }
  return found;
}

function ofSlice({ addressType, ports = [], endpoints = [] }: SliceObject, namespace: string): EndpointSlice[] {
  if (addressType === 'FQDN') return [];
  return [
    {
      ports,
      endpoints: endpoints.map(({ addresses = [], conditions, targetRef }) => ({
        addresses,
        ready: conditions?.ready ?? true,
        ...podOf(targetRef, namespace),
      })),
      isMirrored: false,
    },
  ];
}

function ofEndpoints({ subsets = [] }: EndpointsObject, namespace: string): EndpointSlice[] {
  const read = (addresses: readonly AddressOfEndpoints[], ready: boolean) =>
    addresses.map(({ ip, targetRef }) => ({ addresses: [ip], ready, ...podOf(targetRef, namespace) }));
  return subsets.map(({ addresses = [], notReadyAddresses = [], ports = [] }) => ({
    ports,
    endpoints: [...read(addresses, true), ...read(notReadyAddresses, false)],
    isMirrored: true,
  }));
}

function podOf(target: TargetReference | undefined, namespace: string): Pick<EndpointSlice['endpoints'][number], 'pod'> {
  return target?.kind === 'Pod' ? { pod: { name: target.name ?? '', namespace: target.namespace ?? namespace } } : {};
}
