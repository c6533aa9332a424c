import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';

/** Adds the namespace whose pods get a sidecar; by default that of the chart. */
export function meshNamespace(scope: Construct, name = Chart.of(scope).namespace ?? 'default'): ApiObject {
  return namespace(scope, name, { 'istio-injection': 'enabled' });
}

/** Adds a Namespace. */
export function namespace(scope: Construct, name: string, labels: Readonly<Record<string, string>> = {}): ApiObject {
  const added = new ApiObject(scope, `${name}-namespace`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...labels } } });
  // The chart gives its own namespace to every object, and a Namespace lies in none.
  added.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return added;
}
