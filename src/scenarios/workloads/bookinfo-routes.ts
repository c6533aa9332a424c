import type { Construct } from 'constructs';
import type { HTTPRoute } from '../../../imports/networking.istio.io';
import { DestinationRule, VirtualService } from '../../constructs';
import type { BookinfoService } from './bookinfo';

/** Adds the DestinationRule of a service of bookinfo: its versions as subsets. */
export function bookinfoVersions<const Version extends string>(
  scope: Construct,
  service: BookinfoService,
  versions: readonly Version[],
): DestinationRule<Version> {
  return new DestinationRule<Version>(scope, `${service}-versions`, {
    metadata: { name: service },
    host: service,
    subsets: versions.map((version) => ({ name: version, labels: { version } })),
  });
}

/** Adds the VirtualService of a service of bookinfo, for callers inside the mesh. */
export function bookinfoRoutes(scope: Construct, service: BookinfoService, http: readonly HTTPRoute[]): VirtualService {
  return new VirtualService(scope, `${service}-routes`, { metadata: { name: service }, hosts: [service], http });
}
