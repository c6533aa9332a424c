import type { Rule } from '../manifest/rule';

/** The page of a rule, in Markdown: what is wrong, what it does to traffic, and both examples. */
export function rulePage({ code, severity, aliases = [], istiod = [], since, title, effect, fix, bad, good }: Rule): string {
  const facts = [
    `Severity: ${severity}`,
    ...(since === undefined ? [] : [`since Istio ${since}`]),
    ...(aliases.length === 0 ? [] : [`other tools call it ${aliases.join(', ')}`]),
    ...(istiod.length === 0 ? [] : [`istiod's check${istiod.length === 1 ? '' : 's'} ${istiod.join(', ')}`]),
  ];
  return [
    `# ${code}`,
    title,
    effect,
    `**What to do:** ${fix}.`,
    ...(bad === '' ? [] : ['Wrong:', yaml(bad)]),
    ...(good === '' ? [] : ['Right:', yaml(good)]),
    `${facts.join('; ')}.\n`,
  ].join('\n\n');
}

const longestLine = 160;

function yaml(text: string): string {
  const lines = text.trim().replaceAll('\0', '\\0').split('\n');
  const shortened = lines.map((line) => (line.length > longestLine ? `${line.slice(0, 60)}... # ${line.length} characters` : line));
  return `\`\`\`yaml\n${shortened.join('\n')}\n\`\`\``;
}
