import { ApiObject, JsonPatch } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** Adds a ServiceAccount that is only a name. */
export function serviceAccount(scope: Construct, name: string): ServiceAccount {
  const added = new ServiceAccount(scope, `${name}-service-account`, { metadata: { name } });
  ApiObject.of(added).addJsonPatch(JsonPatch.remove('/automountServiceAccountToken'));
  return added;
}
