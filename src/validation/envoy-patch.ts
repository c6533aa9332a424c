import type { CheckContext, DecodedValue } from './context';
import { decodeEnvoy, type EnvoyMessage } from './envoy/decode';
import { envoyFilterRules as rules } from './rules/envoy-filter';

/** The message that each sort of object is. */
const messageOf: { readonly [applyTo: string]: string } = {
  CLUSTER: 'envoy.config.cluster.v3.Cluster',
  LISTENER: 'envoy.config.listener.v3.Listener',
  ROUTE_CONFIGURATION: 'envoy.config.route.v3.RouteConfiguration',
  FILTER_CHAIN: 'envoy.config.listener.v3.FilterChain',
  HTTP_FILTER: 'envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter',
  NETWORK_FILTER: 'envoy.config.listener.v3.Filter',
  VIRTUAL_HOST: 'envoy.config.route.v3.VirtualHost',
  HTTP_ROUTE: 'envoy.config.route.v3.Route',
  EXTENSION_CONFIG: 'envoy.config.core.v3.TypedExtensionConfig',
  BOOTSTRAP: 'envoy.config.bootstrap.v3.Bootstrap',
  LISTENER_FILTER: 'envoy.config.listener.v3.ListenerFilter',
};

/** Checks that the value of a patch is a piece of Envoy's configuration. */
export function checkPatchValue(applyTo: string, value: DecodedValue | undefined, path: string, { report }: CheckContext): void {
  if (value === undefined) {
    return;
  }
  const { message, problems } = decodeEnvoy(value, messageOf[applyTo] as string, path);
  const errors = problems.filter(({ kind }) => kind !== 'unknown-field');
  for (const { kind, path: problemPath, message: what, fix } of errors.length > 0 ? errors : problems) {
    const rule = { value: rules.value, 'unknown-type': rules.unknownType, 'unknown-field': rules.unknownField }[kind];
    report(rule, problemPath, `${what}.`, fix);
  }
  if (message !== undefined && problems.length === 0) {
    for (const extension of withoutTypedConfig(message)) {
      const what = `${extension.descriptor.name} is an extension by name alone, and Envoy looks for extensions by the type of their configuration.`;
      report(rules.typedConfigMissing, `${extension.path}.typed_config`, what);
    }
  }
}

/** The messages that should have a configuration with a type, and have none. Messages in lists are left out, as istiod does. */
function withoutTypedConfig(message: EnvoyMessage): EnvoyMessage[] {
  const inner = [...message.fields.values()].flatMap((field) => (field === undefined ? [] : withoutTypedConfig(field)));
  const missing = message.descriptor.fields.has('typed_config') && !message.fields.has('typed_config') && !message.fields.has('config_discovery');
  return missing ? [message, ...inner] : inner;
}
