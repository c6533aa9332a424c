// npm run bench: prints the figures that the project promises. Needs a built package (npm run build).
import { benchSimulation } from './simulation.mjs';
import { benchAuthor, benchRequire } from './start-up.mjs';
import { benchSynth } from './synth.mjs';
import { benchTypes } from './types.mjs';
import { benchCheck, benchGrowth, benchValidate } from './validate.mjs';

const [size = 'L'] = process.argv.slice(2);
for (const bench of [benchRequire, benchAuthor, () => benchSynth(size), benchValidate, benchGrowth, benchCheck, benchSimulation, benchTypes])
  for (const line of bench()) console.log(line);
