import { readYaml } from '../../src/manifest/yaml';
import { buildMesh } from '../../src/mesh/build';
import type { MeshFacts } from '../../src/mesh/facts';
import type { MeshModel } from '../../src/mesh/model';
import type { Service } from '../../src/mesh/service';

/** The mesh of a YAML text. */
export function meshOf(yaml: string, facts: MeshFacts = {}): MeshModel {
  const { manifests, diagnostics } = readYaml(yaml);
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  return buildMesh(manifests, facts);
}

/** The service of a hostname. */
export function serviceIn(mesh: MeshModel, hostname: string): Service {
  const service = mesh.services.find((one) => one.hostname === hostname);
  if (service === undefined) throw new Error(`no service ${hostname}`);
  return service;
}

/** `address:port` of everything behind a port. */
export function endpointsOf(mesh: MeshModel, hostname: string, port: number): string[] {
  return serviceIn(mesh, hostname)
    .endpoints(port)
    .map((endpoint) => `${endpoint.address}:${endpoint.port}`);
}
