/** The fields of a VirtualService as istiod reads them, once validation has passed. */
export interface VirtualServiceSpec {
  readonly hosts?: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly HttpRouteSpec[];
  readonly tls?: readonly TlsRouteSpec[];
  readonly tcp?: readonly TcpRouteSpec[];
  readonly exportTo?: readonly string[];
}

/** No member: the value has to be present. */
export interface StringMatchSpec {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface HttpMatchSpec {
  readonly name?: string;
  readonly uri?: StringMatchSpec;
  readonly scheme?: StringMatchSpec;
  readonly method?: StringMatchSpec;
  readonly authority?: StringMatchSpec;
  readonly headers?: Readonly<Record<string, StringMatchSpec>>;
  readonly port?: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly gateways?: readonly string[];
  readonly queryParams?: Readonly<Record<string, StringMatchSpec>>;
  readonly ignoreUriCase?: boolean;
  readonly withoutHeaders?: Readonly<Record<string, StringMatchSpec>>;
  readonly sourceNamespace?: string;
  readonly statPrefix?: string;
}

export interface DestinationSpec {
  readonly host: string;
  readonly subset?: string;
  readonly port?: { readonly number?: number };
}

export interface HeaderOperationsSpec {
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

export interface HeadersSpec {
  readonly request?: HeaderOperationsSpec;
  readonly response?: HeaderOperationsSpec;
}

export interface HttpDestinationSpec {
  readonly destination: DestinationSpec;
  readonly weight?: number;
  readonly headers?: HeadersSpec;
}

export interface PercentSpec {
  readonly value?: number;
}

export interface HttpRouteSpec {
  readonly name?: string;
  readonly match?: readonly HttpMatchSpec[];
  readonly route?: readonly HttpDestinationSpec[];
  readonly redirect?: {
    readonly uri?: string;
    readonly authority?: string;
    readonly port?: number;
    readonly derivePort?: 'FROM_PROTOCOL_DEFAULT' | 'FROM_REQUEST_PORT';
    readonly scheme?: string;
    readonly redirectCode?: number;
    readonly prefixRewrite?: string;
  };
  readonly directResponse?: { readonly status: number; readonly body?: { readonly string?: string; readonly bytes?: string } };
  readonly delegate?: { readonly name?: string; readonly namespace?: string };
  readonly rewrite?: { readonly uri?: string; readonly authority?: string; readonly uriRegexRewrite?: { readonly match?: string; readonly rewrite?: string } };
  readonly timeout?: string;
  readonly retries?: {
    readonly attempts?: number;
    readonly perTryTimeout?: string;
    readonly retryOn?: string;
    readonly retryRemoteLocalities?: boolean;
    readonly retryIgnorePreviousHosts?: boolean;
    readonly backoff?: string;
  };
  readonly fault?: {
    readonly delay?: { readonly fixedDelay?: string; readonly percent?: number; readonly percentage?: PercentSpec };
    readonly abort?: { readonly httpStatus?: number; readonly grpcStatus?: string; readonly percentage?: PercentSpec };
  };
  readonly mirror?: DestinationSpec;
  readonly mirrorPercent?: number;
  readonly mirrorPercentage?: PercentSpec;
  readonly mirrors?: readonly { readonly destination: DestinationSpec; readonly percentage?: PercentSpec }[];
  readonly corsPolicy?: {
    readonly allowOrigin?: readonly string[];
    readonly allowOrigins?: readonly StringMatchSpec[];
    readonly allowMethods?: readonly string[];
    readonly allowHeaders?: readonly string[];
    readonly exposeHeaders?: readonly string[];
    readonly maxAge?: string;
    readonly allowCredentials?: boolean;
    readonly unmatchedPreflights?: 'UNSPECIFIED' | 'FORWARD' | 'IGNORE';
  };
  readonly headers?: HeadersSpec;
}

export interface ConnectionMatchSpec {
  readonly destinationSubnets?: readonly string[];
  readonly port?: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly gateways?: readonly string[];
  readonly sourceNamespace?: string;
}

export interface WeightedDestinationSpec {
  readonly destination: DestinationSpec;
  readonly weight?: number;
}

export interface TlsRouteSpec {
  readonly match?: readonly (ConnectionMatchSpec & { readonly sniHosts?: readonly string[] })[];
  readonly route?: readonly WeightedDestinationSpec[];
}

export interface TcpRouteSpec {
  readonly match?: readonly ConnectionMatchSpec[];
  readonly route?: readonly WeightedDestinationSpec[];
}
