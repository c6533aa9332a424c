import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './repository';

/** Packs the package as `npm publish` would, and tells the tests where the tarball lies. */
export default function pack(): void {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'cdk8s-istio-pack-'));
  const args = ['pack', '--ignore-scripts', '--offline', '--json', '--pack-destination', folder];
  const report = execFileSync('npm', args, { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' });
  process.env.PACKED_FOLDER = folder;
  process.env.PACKED_TARBALL = join(folder, JSON.parse(report)[0].filename);
}
