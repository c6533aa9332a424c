import { parseBoolean } from './features';
import type { Workload } from './workload';

/** The variable by which a gateway's pod says that it may not open ports below 1024. */
const VARIABLE = 'ISTIO_META_UNPRIVILEGED_POD';

interface Container {
  readonly env?: readonly { readonly name?: string; readonly value?: unknown }[];
}

interface PodObject {
  readonly spec?: { readonly containers?: readonly Container[]; readonly template?: { readonly spec?: { readonly containers?: readonly Container[] } } };
}

/** Whether the proxy of a pod may open no port below 1024, because its manifest says so. */
export function isUnprivileged({ manifest }: Workload): boolean {
  const { spec } = (manifest?.object ?? {}) as PodObject;
  const containers = spec?.template?.spec?.containers ?? spec?.containers ?? [];
  return containers.some(({ env = [] }) => env.some(({ name, value }) => name === VARIABLE && parseBoolean(String(value))));
}
