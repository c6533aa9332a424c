import type { Labels } from '../manifest/labels';
import type { Locality } from './workload';

const nowhere: Locality = { region: '', zone: '', subzone: '' };

/** Reads `region/zone/subzone`; parts may be missing. */
export function parseLocality(text: string | undefined): Locality {
  if (!text) return nowhere;
  const [region = '', zone = '', subzone = ''] = text.split('/');
  return { region, zone, subzone };
}

/** The label `istio-locality`, in which dots stand for slashes where it holds no slash; nothing without it. */
export function localityLabel(labels: Labels): Locality | undefined {
  const text = labels['istio-locality'];
  return text ? parseLocality(text.includes('/') ? text : text.replaceAll('.', '/')) : undefined;
}

/** The labels that istiod gives to endpoints for where they run; there is one cluster, and it has istiod's own name for it. */
export function topologyLabels({ region, zone, subzone }: Locality): Labels {
  return {
    ...(region && { 'topology.kubernetes.io/region': region }),
    ...(zone && { 'topology.kubernetes.io/zone': zone }),
    ...(subzone && { 'topology.istio.io/subzone': subzone }),
    'topology.istio.io/cluster': 'Kubernetes',
  };
}
