import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Claim, catalogue, type Scenario } from '../src/scenarios';

/** The page that lists all scenarios. */
export const page = resolve(__dirname, '../docs/scenarios.md');

/** The page as the catalogue states it now. */
export function scenarioList(): string {
  const sources = [...new Set(catalogue.map(({ source }) => source))];
  return [
    introduction,
    ...sources.map((source) =>
      section(
        source,
        catalogue.filter((scenario) => scenario.source === source),
      ),
    ),
  ].join('\n');
}

const introduction = `# Scenarios

Each scenario is a chart that an app can take from \`cdk8s-istio/scenarios\`, and a folder of \`dist/\` that \`kubectl apply -k\` takes as it is.
The charts are written with cdk8s-plus: \`npm install cdk8s-plus-27\`.
Its values are props with defaults; \`istio: '1.14'\` writes it for that release of Istio. Scenarios in steps have a folder for each of them, to be applied in their order;
the folder of the scenario itself is the last one. What another tool reads lies in a folder named after the tool (\`istioctl/\`, \`kind/\`).

\`\`\`ts
import { App } from 'cdk8s';
import { course, playground } from 'cdk8s-istio/scenarios';

const app = new App();
new playground.TrafficShifting(app, 'reviews', { shares: { v1: 90, v2: 10, v3: 0 } });
new course.Weighted(app, 'customers', { v1: 95, istio: '1.14' });
app.synth();
\`\`\`

A claim says what traffic does once the last step is applied, or the one that it names. Each stands in the scenario's file as calls with expectations.
Claims marked with * are not judged by traffic: the note says why.
`;

function section(source: string, scenarios: readonly Scenario[]): string {
  return `## ${source}\n\n| Scenario | Shows | Kinds | Claims |\n| --- | --- | --- | --- |\n${scenarios.map(row).join('\n')}\n`;
}

function row({ id, title, kinds, claims, steps }: Scenario): string {
  const several = steps.length > 1 ? `<br>${steps.map((step) => `\`${step.id}\` ${step.title}`).join('<br>')}` : '';
  const link = `[${id}](../src/scenarios/${id}.ts)`;
  return `| ${link} | ${title}${several} | ${kinds.join(', ')} | ${claims.map((claim) => claimInWords(claim, steps.length > 1)).join('<br>') || 'none'} |`;
}

function claimInWords({ name, step, notJudged }: Claim, inSteps: boolean): string {
  const place = inSteps && step !== undefined ? `${step.slice(0, 2)}: ` : '';
  return `${place}${name.replaceAll('|', '\\|')}${notJudged === undefined ? '' : `* (${notJudged})`}`;
}

if (require.main === module) writeFileSync(page, scenarioList());
