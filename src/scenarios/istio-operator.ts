import type { ToolFile } from './scenario';

/** A file for `istioctl install -f`. */
export function istioOperator(name: string, spec: Readonly<Record<string, unknown>>): ToolFile {
  return { tool: 'istioctl', name, content: { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', metadata: { name }, spec } };
}
