// A WebAssembly module in the sidecars of one workload, without writing Envoy configuration: image, settings, and which pods.
// The proxies fetch it from a registry, so a wrong image is only noticed once they run.
import type { Construct } from 'constructs';
import { WasmPlugin } from '../../constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { httpbin } from '../workloads/httpbin';
import { meshNamespace } from '../workloads/namespace';
import { serviceAccount } from '../workloads/service-account';

/** Props of {@link WasmPluginOnHttpbin}. */
export interface WasmPluginOnHttpbinProps extends ScenarioProps {
  /** The image of the module. @default 'oci://docker.io/example/wasm-example:v1.0.0' */
  readonly url?: `oci://${string}`;
}

/** `httpbin` with a module that adds two headers. */
export class WasmPluginOnHttpbin extends ScenarioChart {
  constructor(scope: Construct, id: string, { url = 'oci://docker.io/example/wasm-example:v1.0.0', ...props }: WasmPluginOnHttpbinProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    httpbin(this, serviceAccount(this, 'httpbin'));
    new WasmPlugin(this, 'plugin', {
      metadata: { name: 'wasm-example' },
      selector: { matchLabels: { app: 'httpbin' } },
      url,
      pluginConfig: { header_1: 'first header', header_2: 'second header' },
    });
  }
}

export const wasmPlugin = defineScenario({
  id: 'course/wasm-plugin',
  title: 'A WebAssembly module in the sidecars of one workload',
  chart: WasmPluginOnHttpbin,
  claims: [],
});
