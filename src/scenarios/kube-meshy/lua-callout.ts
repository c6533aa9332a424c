// A Lua filter in the sidecar of a server asks the server itself something before it passes a request on, and adds what it learned to the answer.
// Its JSON library comes from a ConfigMap that annotations of the pod mount into the sidecar.
import { ApiObject, JsonPatch } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { EnvoyFilter, ignoreFinding } from '../../constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bouncedService, minimalPort, minimalService } from '../workloads/minimal-service';
import { meshNamespace } from '../workloads/namespace';
import { jsonLibrary } from './lua-json';

const libraries = '/var/lib/lua';

/** Props of {@link LuaCallout}. */
export interface LuaCalloutProps extends ScenarioProps {
  /** What the callout asks the program to call. @default 'http://bounced-service:9090' */
  readonly target?: string;
}

/** `minimal-service` with a filter before the router of its inbound port, and the library that the filter loads. */
export class LuaCallout extends ScenarioChart {
  constructor(scope: Construct, id: string, { target = 'http://bounced-service:9090', ...props }: LuaCalloutProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    const library = new ConfigMap(this, 'library', { metadata: { name: 'lua-libs' }, data: { 'json.lua': jsonLibrary } });
    ApiObject.of(library).addJsonPatch(JsonPatch.remove('/immutable'));
    minimalService(this, {
      annotations: {
        'sidecar.istio.io/userVolume': JSON.stringify([{ name: 'lua-libs', configMap: { name: library.name } }]),
        'sidecar.istio.io/userVolumeMount': JSON.stringify([{ name: 'lua-libs', mountPath: libraries, readOnly: true }]),
      },
    });
    bouncedService(this);
    const filter = new EnvoyFilter(this, 'filter', {
      metadata: { name: 'minimal-service-callout' },
      workloadSelector: { labels: { app: 'minimal-service' } },
      configPatches: [
        {
          applyTo: 'HTTP_FILTER',
          match: {
            context: 'SIDECAR_INBOUND',
            listener: {
              portNumber: minimalPort,
              filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } } },
            },
          },
          patch: {
            operation: 'INSERT_BEFORE',
            value: {
              name: 'envoy.filters.http.lua',
              typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua', inlineCode: callout(target) },
            },
          },
        },
      ],
    });
    ignoreFinding(filter, 'envoy-filter/internal-interface', 'patching Envoy is what the scenario shows');
  }
}

function callout(target: string): string {
  return `package.path = "${libraries}/?.lua;" .. package.path

function envoy_on_request(request_handle)
  local json = require("json")
  local headers, body = request_handle:httpCall(
    "inbound|${minimalPort}||",
    { [":method"] = "POST", [":path"] = "/bounce", [":authority"] = "minimal-service", ["content-type"] = "application/json" },
    '${JSON.stringify({ url: target })}',
    5000)
  local known, answer = pcall(json.decode, body)
  local result = known and type(answer) == "table" and answer.result or headers[":status"]
  request_handle:streamInfo():dynamicMetadata():set("envoy.filters.http.lua", "post_result", tostring(result))
end

function envoy_on_response(response_handle)
  local metadata = response_handle:streamInfo():dynamicMetadata():get("envoy.filters.http.lua")
  if metadata ~= nil then
    response_handle:headers():add("POST_RESULT", metadata["post_result"])
  end
end
`;
}

export const luaCallout = defineScenario({
  id: 'kube-meshy/lua-callout',
  title: 'A Lua filter that asks the server before each request',
  chart: LuaCallout,
  claims: [
    {
      name: 'the filter sits before the router in the inbound chain of port 9090 only',
      calls: [],
      notJudged: 'the proxy needs the library under /var/lib/lua, which a traffic test does not mount',
    },
  ],
});
