/** The fields of a Gateway as istiod reads them, once validation has passed. */
export interface GatewaySpec {
  readonly servers?: readonly ServerSpec[];
  readonly selector?: Readonly<Record<string, string>>;
}

export interface ServerSpec {
  readonly port: { readonly number: number; readonly protocol: string; readonly name: string };
  readonly bind?: string;
  readonly hosts: readonly string[];
  readonly tls?: ServerTlsSpec;
  readonly name?: string;
}

export interface ServerTlsSpec {
  readonly httpsRedirect?: boolean;
  readonly mode?: 'PASSTHROUGH' | 'SIMPLE' | 'MUTUAL' | 'AUTO_PASSTHROUGH' | 'ISTIO_MUTUAL' | 'OPTIONAL_MUTUAL';
  readonly serverCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly credentialName?: string;
  readonly credentialNames?: readonly string[];
  readonly caCertCredentialName?: string;
  readonly tlsCertificates?: readonly { readonly serverCertificate?: string; readonly privateKey?: string; readonly caCertificates?: string }[];
  readonly insecureSkipVerify?: boolean;
  readonly subjectAltNames?: readonly string[];
  readonly [field: string]: unknown;
}
