// An EnvoyFilter edits what Istio generates for its proxies: here one filter for one port, placed right before the router that ends the chain.
// A filter may also only be named in the chain, its configuration being an extension of its own, such as a WebAssembly module.
import type { Construct } from 'constructs';
import type { EnvoyConfigObjectPatch } from '../../../imports/networking.istio.io';
import { EnvoyFilter, ignoreFinding } from '../../constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { courseImages } from '../workloads/hello-world';
import { meshNamespace } from '../workloads/namespace';
import { service } from '../workloads/service';
import { sleep } from '../workloads/sleep';
import { workload } from '../workloads/workload';

const port = 9000;
const router = { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } } } };

abstract class FilteredService extends ScenarioChart {
  constructor(scope: Construct, id: string, name: string, configPatches: readonly EnvoyConfigObjectPatch[], props: ScenarioProps) {
    super(scope, id, props);
    meshNamespace(this);
    const labels = { app: 'my-service' };
    workload(this, { name: 'my-service', labels, image: `${courseImages}/hello-world:1.0.0`, ports: [{ number: port }], env: { PORT: String(port) } });
    service(this, { name: 'my-service', selector: labels, port });
    sleep(this);
    const filter = new EnvoyFilter(this, 'filter', { metadata: { name }, workloadSelector: { labels }, configPatches });
    ignoreFinding(filter, 'envoy-filter/internal-interface', 'patching Envoy is what the scenario shows');
  }
}

const lua = `function envoy_on_response(response_handle)
  response_handle:headers():add("x-filtered", "true")
end
`;

/** A filter before the router of one inbound port, which adds a header to every answer. */
export class HttpFilter extends FilteredService {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(
      scope,
      id,
      'my-http-filter',
      [
        {
          applyTo: 'HTTP_FILTER',
          match: { context: 'SIDECAR_INBOUND', listener: { portNumber: port, ...router } },
          patch: {
            operation: 'INSERT_BEFORE',
            value: {
              name: 'envoy.filters.http.lua',
              typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua', inlineCode: lua },
            },
          },
        },
      ],
      props,
    );
  }
}

/** Props of {@link WasmExtension}. */
export interface WasmExtensionProps extends ScenarioProps {
  /** Where proxies fetch the module. @default 'http://my-wasm-binary-uri' */
  readonly uri?: string;
}

/** A WebAssembly module as an extension, and its name in the chain. */
export class WasmExtension extends FilteredService {
  constructor(scope: Construct, id: string, { uri = 'http://my-wasm-binary-uri', ...props }: WasmExtensionProps = {}) {
    const wasm = 'type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm';
    super(
      scope,
      id,
      'my-wasm-extension',
      [
        {
          applyTo: 'HTTP_FILTER',
          match: { context: 'SIDECAR_INBOUND', listener: router },
          patch: {
            operation: 'INSERT_BEFORE',
            value: {
              name: 'my-wasm-extension',
              config_discovery: { config_source: { ads: {}, initial_fetch_timeout: '0s' }, type_urls: [wasm] },
            },
          },
        },
        {
          applyTo: 'EXTENSION_CONFIG',
          match: { context: 'SIDECAR_INBOUND' },
          patch: {
            operation: 'ADD',
            value: {
              name: 'my-wasm-extension',
              typed_config: {
                '@type': wasm,
                config: {
                  root_id: 'my-wasm-root-id',
                  vm_config: { vm_id: 'my-wasm-vm-id', runtime: 'envoy.wasm.runtime.v8', code: { remote: { http_uri: { uri } } } },
                },
              },
            },
          },
        },
      ],
      props,
    );
  }
}

export const envoyFilter = defineScenario({
  id: 'course/envoy-filter',
  title: 'A filter before the router, and an extension that is fetched',
  steps: [
    { id: '01-http-filter', title: 'A filter before the router of one port', chart: HttpFilter },
    { id: '02-wasm-extension', title: 'A WebAssembly module as an extension', chart: WasmExtension },
  ],
  claims: [
    {
      name: 'the filter sits before the router and sees every answer',
      step: '01-http-filter',
      calls: [{ from: 'sleep', url: 'http://my-service:9000/', expect: { status: 200, workload: 'my-service', 'responseHeaders.x-filtered': 'true' } }],
    },
    {
      name: 'the extension stands before the router',
      step: '02-wasm-extension',
      calls: [],
      notJudged: 'the module has to be fetched, and traffic tests configure proxies without discovery',
    },
  ],
});
