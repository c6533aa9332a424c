import { ApiObject, type ApiObjectProps, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';

/** Adds the namespace whose pods get a sidecar; by default that of the chart. */
export function meshNamespace(scope: Construct, name = Chart.of(scope).namespace ?? 'default'): ApiObject {
  return namespace(scope, name, { 'istio-injection': 'enabled' });
}

/** Adds a Namespace. */
export function namespace(scope: Construct, name: string, labels: Readonly<Record<string, string>> = {}): ApiObject {
  return clusterObject(scope, `${name}-namespace`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...labels } } });
}

/** Adds an object that lies in no namespace: the chart would give it its own. */
export function clusterObject(scope: Construct, id: string, props: ApiObjectProps): ApiObject {
  const added = new ApiObject(scope, id, props);
  added.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return added;
}
