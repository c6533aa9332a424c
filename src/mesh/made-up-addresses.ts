/** What addresses are made up for; each has ranges of its own within 127.0.0.0/8. */
const ranges = { workload: 1, external: 3, service: 10 };

/**
 * The n-th made-up address, counted from 1: workloads are 127.1.0.1 and following, external hosts 127.3.0.1, services 127.10.0.1. Beyond 65,535 the second number grows by 16,
 * which keeps the ranges apart.
 */
export function madeUpAddress(range: keyof typeof ranges, n: number): string {
  return `127.${ranges[range] + 16 * (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;
}
