import { integration, suite, unit } from '../../tools/jest-project.mjs';

export default { projects: [unit, integration, suite('python', 'python/**/*.python.ts')] };
