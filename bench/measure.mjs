// Runs programs as whole processes and takes their CPU time from the operating system, start-up included.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

// Written by the child at its very end: user and system time of the process since it started.
const probe = `process.on('exit', () => { const { user, system } = process.cpuUsage(); require('node:fs').writeSync(3, JSON.stringify({ cpu: (user + system) / 1e3, rss: process.resourceUsage().maxRSS / 1024 })); });`;

/** CPU milliseconds and peak memory (MB) of one run of `node ...args`. */
export function runNode(args, env = {}) {
  const preload = `data:text/javascript,import{createRequire}from'node:module';const require=createRequire('${new URL('.', import.meta.url).href}');${encodeURIComponent(probe)}`;
  const result = spawnSync(process.execPath, ['--import', preload, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`node ${args.join(' ')} failed (${result.status}):\n${result.stderr}`);
  return { ...JSON.parse(result.output[3]), stdout: result.stdout };
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs variants in turn (A B A B ...), so that a change of the machine's speed meets all of them alike; gives each one's median CPU. */
export function compare(variants, runs = 5) {
  const names = Object.keys(variants);
  const figures = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) variants[name](); // warms the disk cache
  for (let run = 0; run < runs; run += 1) for (const name of names) figures[name].push(variants[name]());
  return Object.fromEntries(
    names.map((name) => [name, { cpu: median(figures[name].map((figure) => figure.cpu)), rss: median(figures[name].map((figure) => figure.rss)) }]),
  );
}

export const milliseconds = (value) => `${value.toFixed(0)} ms`;
