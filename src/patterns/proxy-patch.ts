import { Construct } from 'constructs';
import type { EnvoyConfigObjectPatch } from '../../imports/networking.istio.io';
import { EnvoyFilter } from '../constructs/envoy-filter';
import { targetRelease } from '../constructs/target-release';
import { ignoreFinding } from '../constructs/validation-settings';
import { badInput } from './bad-input';
import { nameOf, namespaceOf, podLabels, type Workload } from './workload';

/** Which proxies a patch is for. */
export interface PatchedProxies {
  /** The pods whose proxies are patched: always some, because a patch without a selector is for every proxy of its namespace, in the root namespace for all. */
  readonly workload: Workload;
  /** Where those pods run: of a gateway its own, such as `istio-system`. @default - the namespace of the workload's object, otherwise that of the chart */
  readonly namespace?: string;
  /** Lower ones are applied first; without one the order is that of creation. @default 10 */
  readonly priority?: number;
  /** The name of the EnvoyFilter. @default - that of the workload, and the id of the construct */
  readonly name?: string;
}

/** Props of {@link ProxyPatch}. */
export interface ProxyPatchProps extends PatchedProxies {
  /** Made by `insertHttpFilter`, `mergeVirtualHost`, `insertWasm`, or by hand; applied in their order. */
  readonly patches: readonly EnvoyConfigObjectPatch[];
}

/** Patches to the Envoy configuration of one workload. */
export class ProxyPatch extends Construct {
  readonly envoyFilter: EnvoyFilter;

  constructor(scope: Construct, id: string, props: ProxyPatchProps) {
    super(scope, id);
    const { workload, priority = 10, patches } = props;
    const name = props.name ?? `${nameOf(workload)}-${id}`;
    if (patches.length === 0) throw badInput('there is nothing to patch: "patches" is empty');
    const namespace = props.namespace ?? namespaceOf(this, workload);
    this.envoyFilter = new EnvoyFilter(this, 'envoy-filter', {
      metadata: { name, ...(namespace ? { namespace } : {}) },
      workloadSelector: { labels: podLabels(workload) },
      ...(hasPriorities(targetRelease(this)) ? { priority } : {}),
      configPatches: patches,
    });
    ignoreFinding(this.envoyFilter, 'envoy-filter/internal-interface', 'who asks for a patch of Envoy knows what it is');
  }
}

/** Releases before 1.11 have none, and apply patches as they were created. */
function hasPriorities(release: string): boolean {
  const [major = 1, minor = 0] = release.split('.').map(Number);
  return major > 1 || minor >= 11;
}
