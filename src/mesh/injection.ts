import type { Labels } from '../manifest/labels';
import { type PodTemplate, runningContainers } from './pod-template';

/** Namespaces that the injection webhook never looks at. */
const neverInjected: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']);

/** What the injector takes for a no; only `true` makes the API server ask it where nobody else does. */
const no: ReadonlySet<string> = new Set(['n', 'no', 'false', 'off']);

const gatewayNames: ReadonlySet<string> = new Set(['ingressgateway', 'egressgateway']);

/** Whether a pod is a gateway: it says so, it runs nothing but Istio's proxy, or it has the labels of the gateways that Istio itself installs. */
export function isGatewayPod({ labels, annotations, spec }: PodTemplate): boolean {
  const templates = (annotations['inject.istio.io/templates'] ?? '').split(',').map((name) => name.trim());
  return (
    templates.includes('gateway') ||
    spec.containers.every(({ image }) => isProxyImage(image)) ||
    gatewayNames.has(labels.istio ?? '') ||
    gatewayNames.has(labels.app?.replace(/^istio-/, '') ?? '') ||
    Object.hasOwn(labels, 'gateway.networking.k8s.io/gateway-name')
  );
}

/** Istio's proxy, or the `auto` that injection replaces with it. */
function isProxyImage(image: string | undefined): boolean {
  return image === 'auto' || (image ?? '').includes('proxyv2');
}

/** What is said about injection in a set of pods and namespaces. */
export interface InjectionFacts {
  /** Labels of the namespaces that are declared. */
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly pods: readonly PodTemplate[];
}

/**
 * Makes the function that says whether a pod gets a sidecar, by the rules of Istio's injection webhooks:
 *
 * - a pod that brings the proxy itself has it; pods on the host's network and those of Kubernetes' own namespaces never get it;
 * - label `istio-injection` on the namespace with another value than `enabled` wins over all else; `istio-injection: enabled` or a revision label `istio.io/rev` injects, unless label
 *   or annotation `sidecar.istio.io/inject` of the pod says no;
 * - without those labels on the namespace, the pod asks for it with label `sidecar.istio.io/inject: "true"` or a revision label of its own.
 *
 * Manifests often leave out the namespace that they go to. A namespace about which nothing is said is taken as injected, because what is tested is a mesh: nothing is said about
 * it if it is not declared, or declared without labels of injection while no other namespace has such labels either, and if none of its pods asks for a sidecar of its own accord.
 */
export function injection({ namespaces, pods }: InjectionFacts): (pod: PodTemplate) => boolean {
  const anybodyLabelled = [...namespaces.values()].some(speaksOfInjection);
  const optingIn = new Set(pods.filter((pod) => asksForSidecar(pod) && !isGatewayPod(pod)).map(({ namespace }) => namespace));
  return (pod) => {
    if (bringsProxy(pod)) return true;
    if (pod.spec.hostNetwork || neverInjected.has(pod.namespace) || refusesSidecar(pod)) return false;
    const namespace = namespaces.get(pod.namespace);
    const labels = namespace ?? {};
    const enabled = labels['istio-injection'];
    if (enabled !== undefined) return enabled === 'enabled';
    if (Object.hasOwn(labels, 'istio.io/rev') || asksForSidecar(pod)) return true;
    const nothingSaid = namespace === undefined || (!anybodyLabelled && !speaksOfInjection(labels));
    return nothingSaid && !optingIn.has(pod.namespace);
  };
}

function speaksOfInjection(labels: Labels): boolean {
  return ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'].some((label) => Object.hasOwn(labels, label));
}

function bringsProxy({ spec, annotations }: PodTemplate): boolean {
  return (
    Object.hasOwn(annotations, 'sidecar.istio.io/status') ||
    runningContainers(spec).some(({ name, image }) => name === 'istio-proxy' && isProxyImage(image) && image !== 'auto')
  );
}

function asksForSidecar({ labels }: PodTemplate): boolean {
  return labels['sidecar.istio.io/inject'] === 'true' || Object.hasOwn(labels, 'istio.io/rev');
}

/** The label counts before the annotation. */
function refusesSidecar({ labels, annotations }: PodTemplate): boolean {
  return no.has(labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'] ?? '');
}
