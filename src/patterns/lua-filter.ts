import type { Construct } from 'constructs';
import { badInput } from './bad-input';
import { type HttpFilter, type InChain, insertHttpFilter, type ProxySide } from './envoy-patches';
import { type PatchedProxies, ProxyPatch } from './proxy-patch';

/** Props of {@link LuaFilter}. */
export type LuaFilterProps = PatchedProxies &
  ProxySide &
  InChain & {
    /** A program that defines `envoy_on_request(handle)`, `envoy_on_response(handle)`, or both. */
    readonly code: string;
  };

/** A Lua program that sees the requests and answers of one workload, before the router unless `before` says otherwise. */
export class LuaFilter extends ProxyPatch {
  constructor(scope: Construct, id: string, { code, ...props }: LuaFilterProps) {
    const { workload, namespace, priority, name, ...place } = props;
    super(scope, id, { ...props, patches: [insertHttpFilter(place as ProxySide & InChain, luaFilter(code))] });
  }
}

/** A Lua program as a filter, for `insertHttpFilter`. Throws for one that Envoy would never call. */
export function luaFilter(code: string): HttpFilter {
  if (!/\benvoy_on_re(?:quest|sponse)\b/.test(code))
    throw badInput('Envoy never calls this Lua program: it defines neither envoy_on_request nor envoy_on_response');
  return { name: 'envoy.filters.http.lua', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua', inlineCode: code } };
}

/** A Lua program that gives each request another host, for a gateway that is asked by a name of elsewhere. */
export function rewriteHost(host: string): string {
  if (!/^[a-zA-Z0-9.:-]+$/.test(host)) throw badInput(`${JSON.stringify(host)} is no host`);
  return `function envoy_on_request(request_handle)\n  request_handle:headers():replace("Host", "${host}")\nend\n`;
}
