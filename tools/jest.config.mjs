import { suite } from './jest-project.mjs';

export default { projects: [suite('unit', '**/*.spec.mjs')] };
