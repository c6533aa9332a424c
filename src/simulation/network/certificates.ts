import type { Certificate } from './connection';

/** Whether a certificate is for a host: by name, or by a wildcard that stands for exactly one label. */
export function certificateCovers({ hosts }: Certificate, host: string): boolean {
  const name = host.toLowerCase();
  return hosts.some((pattern) => {
    const covered = pattern.toLowerCase();
    if (!covered.startsWith('*.')) return covered === name;
    const dot = name.indexOf('.');
    return dot > 0 && name.slice(dot) === covered.slice(1);
  });
}
