import { integration, unit } from '../../tools/jest-project.mjs';

export default { projects: [unit, integration] };
